// A demonstration in the page of an entry: its frame is made as it is opened, and is as tall as it.
export const frames = {
  start() {
    document.addEventListener("toggle", ({ target }) => {
      if (!target.open || !target.dataset?.frame || target.querySelector("iframe")) return
      const frame = document.createElement("iframe")
      frame.title = target.dataset.title
      frame.addEventListener("load", () => {
        const page = frame.contentDocument
        const fit = () => { frame.style.height = `${page.body.scrollHeight}px` }
        new frame.contentWindow.ResizeObserver(fit).observe(page.body)
        fit()
      })
      frame.src = target.dataset.frame
      target.querySelector("a").replaceWith(frame)
    }, true)
  },
}
