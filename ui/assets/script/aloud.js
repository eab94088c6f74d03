// Reading aloud: an answer's sentences one after another, by the browser's own voice of each language.
let button = null

function rest() {
  speechSynthesis.cancel()
  if (button) button.lastElementChild.textContent = button.dataset.says
  button = null
}

function read(pressed) {
  const again = pressed === button
  rest()
  if (again) return
  button = pressed
  button.dataset.says = button.lastElementChild.textContent
  button.lastElementChild.textContent = button.dataset.aloud
  const answer = pressed.closest(".m-turn").querySelector(".m-answer")
  const said = answer.querySelectorAll(".m-sentence > span:first-child")
  for (const each of said.length ? said : [answer]) {
    const spoken = new SpeechSynthesisUtterance(each.textContent)
    spoken.lang = each.closest("[lang]").lang
    speechSynthesis.speak(spoken)
    if (each === [...said].pop() || !said.length) spoken.onend = rest
  }
}

export const aloud = {
  start() {
    document.addEventListener("click", (event) => {
      const pressed = event.target.closest?.("[data-aloud]")
      if (pressed) read(pressed)
      // A menu closes once something in it or outside of it is pressed.
      const own = event.target.closest?.(".m-more > summary")?.parentElement
      for (const menu of document.querySelectorAll(".m-more[open]")) if (menu !== own) menu.open = false
    })
    addEventListener("pagehide", rest)
  },
}
