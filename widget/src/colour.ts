// The page's own colour, with black or white on it, whichever can be read better.

/** The share of light that a channel of 0 to 255 gives off, by WCAG's definition. */
function light(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

export function colour(element: HTMLElement, accent: string | null): void {
  if (!accent || !CSS.supports("color", accent)) return;
  const probe = document.createElement("span");
  probe.style.setProperty("color", accent);
  document.body.append(probe);
  const [red = 0, green = 0, blue = 0] = getComputedStyle(probe).color.match(/[\d.]+/g)?.map(Number) ?? [];
  probe.remove();
  const luminance = 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  element.style.setProperty("--companion-accent", accent);
  // At this luminance black and white stand out equally well.
  element.style.setProperty("--companion-on-accent", luminance > 0.179 ? "black" : "white");
}
