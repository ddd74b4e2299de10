// How the player looks.
const STYLE = `
  :host { display: block; font: inherit; --_accent: var(--aa-accent, #a63a1e); }
  :host([hidden]) { display: none; }
  ::slotted(audio), audio { display: block; width: 100%; }
  p { margin: .4em 0; font-size: .85em; opacity: .8; }
  summary { cursor: pointer; font-weight: 600; padding: .3em 0; }
  ol { list-style: none; margin: 0; padding: 0; }
  button { all: unset; box-sizing: border-box; display: flex; gap: 1em; width: 100%; padding: .4em .6em;
    border-radius: .4em; cursor: pointer; }
  button:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
  button:focus-visible { outline: 2px solid var(--_accent); }
  [aria-current] { background: color-mix(in srgb, var(--_accent) 16%, transparent); }
  .text { flex: 1; }
  time { font-variant-numeric: tabular-nums; opacity: .7; }`;
