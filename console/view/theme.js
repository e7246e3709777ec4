/** Light or dark, and the colour of the dealership. */

const KEY = 'forecourt.theme';

const root = document.documentElement;

/** Takes up what was chosen here before, else what the device prefers. */
export function paint() {
  const chosen = localStorage.getItem(KEY);
  if (chosen) root.dataset.theme = chosen;
}

/** The other of light and dark. */
export function turn() {
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem(KEY, root.dataset.theme);
}

/**
 * Lets the frame have a dealership's colour, with ink on it that can be read (WCAG 2: relative luminance).
 * @param {string} colour `#rrggbb`
 */
export function brand(colour) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  root.style.setProperty('--brand', colour);
  // White against it has (1.05)/(L+0.05), black (L+0.05)/0.05: the better one.
  root.style.setProperty('--on-brand', luminance < 0.179 ? '#ffffff' : '#000000');
}
