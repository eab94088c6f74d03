// The connection to the server was lost: said in the reader's language, until it is there again.
const WAIT = 1500 // milliseconds: what is shorter is not worth a word
const notice = document.createElement("p")
notice.className = "m-notice m-offline"
let timer = 0
let was = false // connected; before, the page is only being loaded

function look() {
  const state = document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState
  if (state === "CONNECTED") {
    clearTimeout(timer)
    timer = 0
    was = true
    notice.remove()
    return
  }
  if (!was) return
  // Streamlit's own word, in English, over the whole page.
  for (const each of document.querySelectorAll("[data-testid=stDialog]:not(:has([data-testid=stVerticalBlock])) [role=dialog] > button")) each.click()
  timer ||= setTimeout(() => {
    notice.textContent = offline.text
    document.body.append(notice)
    document.dispatchEvent(new CustomEvent("masrad-say", { detail: offline.text }))
  }, WAIT)
}

export const offline = {
  text: "",
  start() {
    const told = { childList: true, subtree: true, attributeFilter: ["data-test-connection-state"] }
    new MutationObserver(look).observe(document.body, told)
  },
}
