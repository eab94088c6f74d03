// Copying: an answer by its button; and what is selected, in which a marker reads [1] in any script.
async function write(text) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // an address without https has no clipboard: by hand, as of old
    const area = document.createElement("textarea")
    area.value = text
    area.style.position = "fixed"
    area.style.opacity = "0"
    document.body.append(area)
    area.select()
    document.execCommand("copy")
    area.remove()
  }
}

function plain(selection) {
  const held = document.createElement("div")
  held.style.cssText = "position:fixed;inset-inline-start:-9999px;white-space:pre-wrap"
  for (let n = 0; n < selection.rangeCount; n++) held.append(selection.getRangeAt(n).cloneContents())
  for (const marker of held.querySelectorAll(".m-marker")) marker.textContent = ` [${marker.dataset.n}]`
  for (const hidden of held.querySelectorAll(".m-hidden, .m-actions")) hidden.remove()
  document.body.append(held)
  // Without what only directs how it is shown.
  const text = held.innerText.replace(/[\u2066-\u2069]/g, "").replace(/\u00a0/g, " ")
  const html = held.innerHTML
  held.remove()
  return { text, html }
}

export const copying = {
  start() {
    document.addEventListener("copy", (event) => {
      const selection = document.getSelection()
      const within = selection?.rangeCount && selection.getRangeAt(0).commonAncestorContainer
      const element = within?.nodeType === 1 ? within : within?.parentElement
      if (!element?.closest(".m-turn") && !element?.querySelector?.(".m-marker")) return
      const { text, html } = plain(selection)
      event.clipboardData.setData("text/plain", text)
      event.clipboardData.setData("text/html", html)
      event.preventDefault()
    })
    document.addEventListener("click", async (event) => {
      const target = event.target.closest?.("[data-copy]")
      if (!target) return
      await write(JSON.parse(target.dataset.copy))
      target.classList.add("m-done")
      document.dispatchEvent(new CustomEvent("masrad-say", { detail: target.dataset.copied }))
      setTimeout(() => target.classList.remove("m-done"), 2000)
    })
  },
}
