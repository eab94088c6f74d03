// Shortcuts, by the place of the key, so that they are the same on an Arabic keyboard. They can be
// switched off (WCAG 2.2, 2.1.4), and are silent while one types, or would if no answer were coming.
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
  const boxes = "[data-testid=stChatInputTextArea], .m-search input"
  const box = document.querySelector(boxes)
  box?.focus()
  return Boolean(box)
}

export const keys = {
  on: true,
  // Whether a key that was pressed may do something.
  may(event) {
    const pressed = event.ctrlKey || event.metaKey || event.altKey || typing(event.target)
    return this.on && !pressed && !document.querySelector("[role=dialog], .m-searching, .m-answer[aria-busy=true]")
  },
  start(tell) {
    document.addEventListener("keydown", (event) => {
      if (!this.may(event)) return
      // An answer of a quiz, and the way on; a button or a link that has the focus goes before.
      const own = event.key === "Enter" && !event.target.closest?.("a, button") && "Enter"
      const key = /^(?:Digit|Numpad)([1-9])$/.exec(event.shiftKey ? "" : event.code)?.[1] ?? own
      const keyed = key && document.querySelector(`[data-key="${key}"]`)
      if (keyed) keyed.click()
      else if (event.key === "?" || event.key === "؟") tell({ do: "help" })
      else if (event.code === "Slash" && !event.shiftKey && focus()) event.preventDefault()
      else if (!event.shiftKey && PLACES[event.code]) tell(PLACES[event.code])
      else if (event.code === "BracketLeft") document.querySelector("[rel=prev]")?.click()
      else if (event.code === "BracketRight") document.querySelector("[rel=next]")?.click()
    })
  },
}
