// How the player looks. It takes light or dark from the page's `color-scheme`, so that it never is dark on a light page.
// Icons are borders cut to shape: these keep a colour where the reader's own colours are forced.
const STYLE = `
:host {
  --_accent: var(--aa-accent, light-dark(#a5371b, #ff9d7c));
  --_muted: var(--aa-muted, light-dark(#625d57, #b3aca4));
  --_surface: var(--aa-surface, light-dark(#fff, #1f1d1b));
  --_line: var(--aa-line, light-dark(#e4dfd8, #3b3733));
  display: block;
  font: 15px/1.4 var(--aa-font, system-ui, sans-serif);
  color: var(--aa-text, light-dark(#1d1b19, #f3f0ec));
  text-align: start;
}
[hidden], :host([hidden]), p:empty:not(.message), .address { display: none !important; }
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; }
.player, .mini { padding: 16px; border: 1px solid var(--_line); border-radius: var(--aa-radius, 16px); background: var(--_surface); }
.head, .line, .bar, .find, .mini, .onward { display: flex; align-items: center; gap: 12px; }
.about, .text, .search, .mini .title, .rail, .gap { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.kicker { font-size: 13px; color: var(--_accent); }
.title { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; font-size: 17px; font-weight: 600; line-height: 1.3; }
.button { display: grid; place-items: center; min-width: 40px; height: 36px; padding: 0 9px; border: 1px solid transparent; border-radius: 18px; background: none; font-size: 13px; font-weight: 600; text-decoration: none; direction: ltr; cursor: pointer; }
.button:hover, .row:hover, [aria-expanded="true"], [aria-current] { background: color-mix(in srgb, var(--_accent) 12%, transparent); }
:focus-visible { outline: 2px solid var(--_accent); }
.play { min-width: 52px; height: 52px; border-radius: 50%; background: var(--_accent) !important; color: var(--_surface); }
.play::before, .mute::before { content: ""; border: 12px solid; clip-path: path("M8 5v14l11-7z"); }
.play.on::before { clip-path: path("M7 5h3v14H7zm7 0h3v14h-3z"); }
.mute::before { clip-path: path("M3 9v6h4l5 5V4L7 9z"); }
.mute[aria-pressed="true"]::before { clip-path: path("M3 9v6h4l5 5V4L7 9zm11-1v8a4 4 0 0 0 0-8z"); }
.line { margin-top: 12px; }
.line, .time, .now, .count, .disclosure, .credit { font-size: 13px; font-variant-numeric: tabular-nums; color: var(--_muted); }
.rail { position: relative; }
input { width: 100%; accent-color: var(--_accent); }
.onward { padding: 8px; }
.onward input { width: auto; }
.marks { position: absolute; inset: auto 8px 0; }
.chapter-mark { position: absolute; border: 1px solid; height: 5px; }
.bar { flex-wrap: wrap; gap: 0; margin: 8px -8px 0; }
.speed { appearance: none; }
option { color: #000; }
.volume { width: 56px; }
.message { overflow-wrap: anywhere; }
.disclosure, .credit, .message:not(:empty), .panel { margin-top: 8px; }
.mark { margin-inline-end: 8px; padding: 0 5px; border: 1px solid; border-radius: 5px; font-size: 11px; text-decoration: none; }
.list { position: relative; max-height: 320px; overflow: auto; list-style: none; }
:host([compact]) .list { max-height: 160px; }
.row { display: flex; gap: 12px; width: 100%; padding: 8px; border: 0; border-radius: 8px; background: none; text-align: start; cursor: pointer; }
.role-heading { font-weight: 600; }
.hit .text { text-decoration: underline; text-decoration-color: var(--_accent); }
.found { outline: 2px solid var(--_accent); outline-offset: -2px; }
.search { padding: 8px 12px; border: 1px solid var(--_muted); border-radius: 8px; background: none; }
.mini { position: fixed; z-index: 9999; inset: auto 12px 12px; max-width: 560px; margin: auto; padding: 8px; }
.mini .title { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
@media print {
  .player > *, .play, .kicker, .mini { display: none; }
  .head, .disclosure, .address { display: block !important; }
}`;
