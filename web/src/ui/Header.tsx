import type { JSX } from 'preact';
import { Icon } from './icons';
import { nextTheme, theme } from './theme';

const themeIcon = { system: 'auto', light: 'sun', dark: 'moon' } as const;

export function Header(props: { back: boolean; onHelp?: (() => void) | undefined }): JSX.Element {
  const current = theme.value;
  return (
    <header class="header">
      {props.back ? (
        <a class="header__brand" href="#/" aria-label="All shows">
          <Icon name="left" />
          <span>All shows</span>
        </a>
      ) : (
        <span class="header__brand">
          <span class="header__mark" aria-hidden="true">
            <Icon name="radio" size={20} />
          </span>
          <span>AudioRelay</span>
        </span>
      )}
      <span class="header__space" />
      {props.onHelp && (
        <button
          type="button"
          class="icon-button"
          aria-label="Keyboard help"
          title="Keyboard (?)"
          onClick={props.onHelp}
        >
          <Icon name="help" />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={`Colours: ${current === 'system' ? 'as the system' : current}. Change`}
        title={`Colours: ${current === 'system' ? 'as the system' : current}`}
        onClick={() => {
          theme.value = nextTheme(current);
        }}
      >
        <Icon name={themeIcon[current]} />
      </button>
    </header>
  );
}
