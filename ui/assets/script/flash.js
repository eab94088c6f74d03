// A card of the class: turned by the space bar, graded by 1 to 4, as the keys stand on any keyboard.
import { keys } from "./keys.js"

const WAIT = 8000 // milliseconds, after which a grade that was not taken may be given again
let graded = false

function flip(card) {
  card.classList.add("m-flipped")
  card.querySelector(".m-flash-back").focus({ preventScroll: true })
  if (card.getBoundingClientRect().bottom > innerHeight) card.scrollIntoView({ block: "start" })
}

export const flash = {
  start() {
    document.addEventListener("click", (event) => {
      const card = event.target.closest?.(".m-flash")
      if (card && event.target.closest("[data-flip]")) flip(card)
      if (!card || !event.target.closest("[data-grade]")) return
      graded = true
      card.classList.add("m-graded") // pressed twice, it is graded once
      setTimeout(() => card.classList.remove("m-graded"), WAIT)
    })
    document.addEventListener("keydown", (event) => {
      const card = document.querySelector(".m-flash[data-card-key]")
      if (!card || !keys.may(event) || event.shiftKey) return
      const flipped = card.classList.contains("m-flipped")
      const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code)
      if (event.code === "Space" && !event.target.closest("button, a, summary")) {
        event.preventDefault()
        if (!flipped) flip(card)
      } else if (digit && flipped && !card.matches(".m-graded")) {
        card.querySelector(`[data-grade="${digit[1]}"]`).click()
      }
    })
    // The next card: who has just graded one, goes on with it.
    new MutationObserver(() => {
      const card = graded && document.querySelector(".m-flash:not(.m-graded)")
      if (!card) return
      graded = false
      card.focus({ preventScroll: true })
      card.scrollIntoView({ block: "nearest" })
    }).observe(document.body, { childList: true, subtree: true })
  },
}
