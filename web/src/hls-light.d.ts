/** The light build has the same surface for what is used here: one audio stream, no subtitles, no encryption. */
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
