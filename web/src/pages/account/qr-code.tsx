/** A QR code, drawn in the browser on a canvas: the key in it is sent to nobody. */
import { generate } from "lean-qr";
import { createEffect, type JSX } from "solid-js";

/** Four light modules around the code are what cameras look for (ISO/IEC 18004, section 6.3.8). */
const QUIET_MODULES = 4;

/** Dark on light in either colour scheme, as cameras need it. */
export default function QrCode(props: { text: string; label: string }): JSX.Element {
  let canvas: HTMLCanvasElement | undefined;
  createEffect(() => {
    const drawn = generate(props.text);
    if (canvas !== undefined) drawn.toCanvas(canvas, { on: [0, 0, 0, 255], off: [255, 255, 255, 255], pad: QUIET_MODULES });
  });
  return <canvas ref={(made) => (canvas = made)} class="qr" role="img" aria-label={props.label} />;
}
