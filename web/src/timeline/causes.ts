const words: Readonly<Record<string, string>> = {
  connect_failed: 'The station could not be reached',
  http_status: 'The station answered with an error',
  wrong_content: 'The station sent something that is no audio',
  disconnected: 'The connection broke',
  silent: 'The station stopped sending',
  stalled: 'The station sent too slowly',
  no_audio: 'No sound could be decoded',
  disk_full: 'The disk was full',
  writer_fault: 'Writing failed',
  format_change: 'The station changed its format',
  overlap: 'The station repeated itself',
  clock_step: 'The clock was set',
  stopped_by_user: 'Stopped by hand',
  not_running: 'The recorder was not running',
  host_asleep: 'The machine was asleep',
  purged_on_recorder: 'Deleted on the recorder before it was fetched',
};

/** A gap's cause in words; one we do not know is shown as it came, not hidden. */
export function causeInWords(cause: string): string {
  return words[cause] ?? cause.replaceAll('_', ' ');
}
