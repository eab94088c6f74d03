// Steps back: Streamlit goes to another view in two steps, first with the new parameters at the old
// path. The second step takes the place of the first, so that going back leads to where one was.
const SOON = 1000

export const steps = {
  start() {
    const push = history.pushState.bind(history)
    let last = 0
    history.pushState = (state, title, address) => {
      const to = new URL(address ?? location.href, location.href)
      const same = to.search === location.search && to.pathname !== location.pathname
      if (same && Date.now() - last < SOON) history.replaceState(state, title, address)
      else push(state, title, address)
      last = Date.now()
    }
  },
}
