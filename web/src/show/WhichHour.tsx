import type { JSX } from 'preact';
import { offsetOf, timesOf } from './range';

interface Props {
  /** What was typed, as an input holds it. */
  text: string;
  ms: number;
  /** Which of two times: "From". */
  name: string;
  onPick: (ms: number) => void;
}

/** When clocks go back an hour comes twice: asks which one is meant, and otherwise nothing. */
export function WhichHour({ text, ms, name, onPick }: Props): JSX.Element | null {
  const times = timesOf(text);
  if (times.length < 2) return null;
  return (
    <label class="form__field">
      {name}: this hour came twice
      <select
        class="field"
        value={times.indexOf(Math.floor(ms / 1000) * 1000)}
        onChange={(event) => {
          const picked = times[event.currentTarget.selectedIndex];
          if (picked !== undefined) onPick(picked);
        }}
      >
        {times.map((time, at) => (
          <option key={time} value={at}>
            {at === 0 ? 'The first' : 'The second'} time, {offsetOf(time)}
          </option>
        ))}
      </select>
    </label>
  );
}
