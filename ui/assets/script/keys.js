// Shortcuts: letters with Alt, by the place of the key, so that they are the same on an Arabic
// keyboard; alone, a letter begins a question wherever there is a box for one. The few other keys can
// be switched off (WCAG 2.2, 2.1.4), and are silent while one types, or an answer is coming.
const PLACES = {
  KeyN: { do: "new" },
  KeyC: { do: "go", view: "chat" },
  KeyG: { do: "go", view: "glossary" },
  KeyM: { do: "go", view: "map" },
  KeyS: { do: "settings" },
  KeyL: { do: "speak" },
}

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable=true], [role=combobox]")
}

function focus() {
  const boxes = "[data-testid=stChatInputTextArea], .st-key-search input"
  const box = document.querySelector(boxes)
  box?.focus()
  return Boolean(box)
}

const LETTER = /^\p{L}$/u

export const keys = {
  on: true,
  // Whether a key that was pressed may do something.
  may(event) {
    const pressed = event.ctrlKey || event.metaKey || event.altKey || typing(event.target)
    return this.on && !pressed && !document.querySelector("[role=dialog], .m-searching, .m-answer[aria-busy=true]")
  },
  start(tell) {
    document.addEventListener("keydown", (event) => {
      const { altKey, ctrlKey, metaKey, shiftKey, code } = event
      if (altKey && !ctrlKey && !metaKey && !shiftKey && PLACES[code] && !document.querySelector("[role=dialog]")) {
        event.preventDefault()
        return tell(PLACES[code])
      }
      // In the field of a question that is edited, Enter sends it, as Streamlit has it with Ctrl.
      if (event.key === "Enter" && event.isTrusted && !shiftKey && !ctrlKey && event.target.closest?.(".st-key-edit textarea")) {
        event.preventDefault()
        const sent = { key: "Enter", code, ctrlKey: true, bubbles: true, cancelable: true }
        return event.target.dispatchEvent(new KeyboardEvent("keydown", sent))
      }
      if (!this.may(event)) return
      if (LETTER.test(event.key)) return document.querySelector("[data-testid=stChatInputTextArea]")?.focus()
      // An answer of a quiz, and the way on; a button or a link that has the focus goes before.
      const own = event.key === "Enter" && !event.target.closest?.("a, button") && "Enter"
      const key = /^(?:Digit|Numpad)([1-9])$/.exec(event.shiftKey ? "" : event.code)?.[1] ?? own
      const keyed = key && document.querySelector(`[data-key="${key}"]`)
      if (keyed) keyed.click()
      else if (event.key === "?" || event.key === "؟") tell({ do: "help" })
      else if (event.code === "Slash" && !event.shiftKey && focus()) event.preventDefault()
      else if (event.code === "BracketLeft") document.querySelector("[rel=prev]")?.click()
      else if (event.code === "BracketRight") document.querySelector("[rel=next]")?.click()
    })
  },
}
