/** The design's colours as a canvas needs them. */
export interface Colours {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly blue: string;
  readonly orange: string;
  readonly bar: string;
  readonly band: string;
  readonly quantile: string;
  readonly before: string;
  /** From the top of a pile to its ground. */
  readonly layers: readonly string[];
  readonly family: string;
  readonly size: number;
}

/** Resolved at an element, because a custom property keeps `light-dark()` unresolved. */
export function coloursAt(element: HTMLElement): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string): string => {
    element.style.color = `var(${name})`;
    return style.color;
  };
  const colours = {
    ink: colour("--ink"),
    muted: colour("--muted"),
    line: colour("--line"),
    surface: colour("--surface"),
    blue: colour("--blue"),
    orange: colour("--orange"),
    bar: colour("--chart-bar"),
    band: colour("--chart-band"),
    quantile: colour("--chart-quantile"),
    before: colour("--chart-before"),
    layers: [1, 2, 3, 4, 5].map((layer) => colour(`--chart-layer-${layer}`)),
    family: style.fontFamily,
    size: Number.parseFloat(style.fontSize),
  };
  element.style.removeProperty("color");
  return colours;
}

/** The picture on a ground of its own, as a file. */
export function png(canvas: HTMLCanvasElement, title: string): Promise<Blob | null> {
  const { surface, ink, family, size } = coloursAt(canvas);
  const ratio = canvas.width / canvas.clientWidth;
  const copy = document.createElement("canvas");
  const margin = 16 * ratio;
  const head = (size + 16) * ratio;
  copy.width = canvas.width + 2 * margin;
  copy.height = canvas.height + 2 * margin + head;
  const brush = copy.getContext("2d");
  if (brush === null) return Promise.resolve(null);
  brush.fillStyle = surface;
  brush.fillRect(0, 0, copy.width, copy.height);
  brush.fillStyle = ink;
  brush.font = `600 ${size * ratio * 1.15}px ${family}`;
  brush.textBaseline = "top";
  brush.fillText(title, margin, margin);
  brush.drawImage(canvas, margin, margin + head);
  return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
}
