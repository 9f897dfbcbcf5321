/** Cuts a text around every occurrence of a query, whatever its case: the odd pieces are the occurrences. */
export function splitAt(text: string, query: string): string[] {
  const lower = text.toLowerCase();
  const wanted = query.toLowerCase();
  // A letter may change its length with its case; then positions in one are none in the other.
  if (wanted === '' || lower.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  parts.push(text.slice(from));
  return parts;
}
