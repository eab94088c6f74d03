// Asking by voice, where the browser can: what it hears fills the box, and is not sent.
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition
const REGIONS = { en: "en-US", ar: "ar-EG" }
const INPUT = "[data-testid=stChatInput]"
let listening = null

// React hears of a value only by the element's own setter.
function fill(box, text) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text)
  box.dispatchEvent(new Event("input", { bubbles: true }))
}

function language() {
  const spoken = document.documentElement.lang
  return navigator.languages.find((tag) => tag.startsWith(`${spoken}-`)) ?? REGIONS[spoken] ?? spoken
}

function listen(button) {
  const box = button.closest(INPUT).querySelector("textarea")
  const before = box.value.trim() && `${box.value.trim()} `
  let filled = box.value
  delete button.dataset.said
  listening = new Recognition()
  listening.lang = language()
  listening.interimResults = true
  listening.onresult = (event) => {
    if (!box.isConnected || box.value !== filled) return listening?.abort() // it was typed in, or sent
    fill(box, before + [...event.results].map((result) => result[0].transcript).join(""))
    filled = box.value
  }
  listening.onerror = (event) => {
    if (event.error === "aborted") return
    button.dataset.said = voice.names.voice_failed
    document.dispatchEvent(new CustomEvent("masrad-say", { detail: button.dataset.said }))
    setTimeout(() => delete button.dataset.said, 8000)
  }
  listening.onend = () => {
    listening = null
    name(button)
    box.focus()
  }
  listening.start()
}

function name(button) {
  const on = Boolean(listening)
  const label = voice.names[on ? "voice_stop" : "voice"] ?? ""
  if (button.ariaLabel !== label) button.ariaLabel = button.title = label
  if (button.ariaPressed !== String(on)) button.ariaPressed = String(on)
}

function add(input) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "m-button m-bare m-voice"
  button.innerHTML = '<span class="m-icon m-icon-voice" aria-hidden="true"></span>'
  button.addEventListener("click", () => {
    if (listening) listening.stop()
    else listen(button)
    name(button)
  })
  input.querySelector("button").before(button)
}

export const voice = {
  on: false,
  names: {},
  start() {
    if (!Recognition || !isSecureContext) return
    document.documentElement.dataset.hears = "yes" // the settings offer it
    new MutationObserver(() => this.update()).observe(document.body, { childList: true, subtree: true })
    addEventListener("pagehide", () => listening?.abort())
  },
  update() {
    if (!document.documentElement.dataset.hears) return
    for (const input of document.querySelectorAll(INPUT)) {
      const button = input.querySelector(".m-voice")
      if (!this.on) button?.remove()
      else if (button) name(button)
      else if (input.querySelector("button")) add(input)
    }
  },
}
