// The map's buttons: ECharts comes nearer and goes farther by the wheel only, so they turn it.
const TURN = 480 // at least so far ECharts makes the largest step

export const map = {
  start() {
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-zoom]")
      const canvas = button?.closest(".st-key-map-frame")?.querySelector("canvas")
      if (!canvas) return
      const box = canvas.getBoundingClientRect()
      canvas.dispatchEvent(
        new WheelEvent("wheel", {
          bubbles: true,
          cancelable: true,
          clientX: box.x + box.width / 2,
          clientY: box.y + box.height / 2,
          deltaY: -TURN * Number(button.dataset.zoom),
          wheelDeltaY: TURN * Number(button.dataset.zoom), // Chromium does not work it out
          ctrlKey: true, // Streamlit lets a pinch pass at once
        }),
      )
    })
  },
}
