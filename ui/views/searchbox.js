// The search box of the glossary, and all links that narrow its list (data-wanted). The box is the
// reader's while it has the focus: results that come late never change what stands in it.
const WAIT = 200 // milliseconds after the last letter
const PATIENCE = 1500 // after which what was not taken up is told again
const TIMES = 3
const NAMES = ["letter", "category", "q"]

const boxes = new WeakMap()
let current = null
let used = "" // the link that was used last: links are drawn anew with each result

class Box {
  constructor(input, told) {
    this.input = input
    this.told = told // how many times something was told
    this.wanted = {}
    this.timer = this.again = 0
    this.moved = false
    input.addEventListener("input", (event) => event.isComposing || this.later())
    input.addEventListener("compositionend", () => this.later())
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.want({})
    })
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.want({}), WAIT)
  }

  // Narrows the list by some values; the others stay, and the query is what stands in the box.
  want(values, step = false) {
    clearTimeout(this.timer)
    this.timer = 0
    if ("q" in values) this.input.value = values.q
    const typed = this.input.value.trim().replace(/\s+/g, " ")
    const wanted = { ...this.wanted, ...values, q: typed }
    if (!("shown" in values) && NAMES.every((name) => wanted[name] === this.wanted[name])) return
    this.wanted = Object.fromEntries(NAMES.map((name) => [name, wanted[name] ?? ""]))
    const address = new URL(location.href)
    for (const name of NAMES) {
      address.searchParams.delete(name)
      if (wanted[name]) address.searchParams.append(name, wanted[name])
    }
    this.moved = step && !("shown" in values) // another list, to be read from its top
    // a step back for each link, but not for each letter
    history[this.moved ? "pushState" : "replaceState"](history.state, "", address)
    this.told += 1
    this.tell({ ...this.wanted, shown: values.shown ?? 0, told: this.told }, TIMES)
  }

  tell(message, times) {
    clearTimeout(this.again)
    if (!this.input.isConnected) return
    this.send(message)
    if (times > 1) this.again = setTimeout(() => this.tell(message, times - 1), PATIENCE)
  }

  // What Python has made of it; of what was told before the last, nothing counts.
  take(data) {
    if (data.told !== this.told) return
    clearTimeout(this.again)
    if (this.moved) this.input.parentElement.scrollIntoView({ block: "nearest" })
    this.moved = false
    this.wanted = data.wanted
    if (document.activeElement !== this.input && !this.timer) this.input.value = data.wanted.q
  }

  // The reader went back or forward; Streamlit runs with that address.
  back() {
    clearTimeout(this.timer)
    this.timer = 0
    this.input.value = new URL(location.href).searchParams.get("q") ?? ""
  }
}

document.addEventListener("click", (event) => {
  const target = event.target.closest?.(".m-browse [data-at], .m-browse [data-wanted]")
  used = target?.dataset.at ?? ""
  if (!target?.dataset.wanted || !current?.input.isConnected) return
  if (target.href && (event.ctrlKey || event.metaKey || event.shiftKey || event.button)) return
  event.preventDefault()
  current.want(JSON.parse(target.dataset.wanted), true)
})
window.addEventListener("popstate", () => current?.back())

function refocus() {
  const held = document.activeElement
  if (!used || (held && held !== document.body)) return
  const links = [...document.querySelectorAll(".m-browse [data-at]")]
  links.find((link) => link.dataset.at === used)?.focus({ preventScroll: true })
}

// A row that is longer than the screen shows what is chosen in it.
function centre() {
  for (const row of document.querySelectorAll(".m-browse nav ul:not([data-centred])")) {
    row.dataset.centred = "yes"
    const chosen = row.querySelector("[aria-current]")
    if (!chosen || row.scrollWidth <= row.clientWidth) continue
    const [outer, inner] = [row.getBoundingClientRect(), chosen.getBoundingClientRect()]
    row.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2
  }
}

new MutationObserver(() => {
  if (!current?.input.isConnected) return
  refocus()
  centre()
}).observe(document.body, { childList: true, subtree: true })

export default function ({ data, parentElement, setTriggerValue }) {
  const input = parentElement.querySelector("input")
  if (!boxes.has(input)) boxes.set(input, new Box(input, data.told))
  current = boxes.get(input)
  current.send = (message) => setTriggerValue("wanted", message)
  parentElement.querySelector("label").textContent = data.label
  input.placeholder = data.hint
  const count = parentElement.querySelector("[role=status]")
  if (count.textContent !== data.count) count.textContent = data.count
  current.take(data)
}
