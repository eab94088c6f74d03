export default function ({ data, setTriggerValue }) {
  window.masrad?.update(data[0])
  const send = (done) => setTriggerValue("done", done)
  window.masrad?.listen(send)
  return () => window.masrad?.leave(send)
}
