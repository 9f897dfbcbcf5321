const names: Readonly<Record<string, string>> = {
  opus: 'Opus',
  aac: 'AAC',
  mp3: 'MP3',
  wav: 'WAV',
  copy: 'as broadcast',
};

/** A show's format as people write it; one we do not know is shown as it came. */
export function formatInWords(format: string): string {
  return names[format] ?? format;
}
