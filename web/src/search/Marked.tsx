import type { JSX } from 'preact';
import { splitAt } from './split';

/** A text with what was searched for made visible in it. */
export function Marked({ text, query }: { text: string; query: string }): JSX.Element {
  return (
    <span>{splitAt(text, query).map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part))}</span>
  );
}
