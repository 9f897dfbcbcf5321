import type { JSX } from 'preact';
import { messageOf, signInNeeded } from '../api/client';
import { hub } from '../api/hub';
import type { Mode } from '../api/types';
import { leave, signedIn } from '../session/identity';
import { Icon, type IconName } from './icons';
import { say } from './notice';
import { route, type PageName } from './route';
import { nextTheme, theme } from './theme';

const themeIcon = { system: 'auto', light: 'sun', dark: 'moon' } as const;

/** The way around, and what holds for every page. Without a mode (not known yet, or not signed in) there is nowhere to go. */
export function Header({ mode, onHelp }: { mode: Mode | null; onHelp: () => void }): JSX.Element {
  const current = theme.value;
  return (
    <header class={`header${mode !== null && mode !== 'inspect' ? ' header--places' : ''}`}>
      <a class="header__brand" href="#/" aria-label="AudioRelay">
        <span class="header__mark" aria-hidden="true">
          <Icon name="radio" size={20} />
        </span>
        <span class="header__name">AudioRelay</span>
      </a>
      {mode !== null && mode !== 'inspect' && (
        <nav class="header__nav" aria-label="Pages">
          <Place to="#/" pages={['shows', 'show']} icon="radio" name="Shows" />
          <Place to="#/search" pages={['search']} icon="search" name="Search" />
          {mode === 'receiver' && <Place to="#/bookmarks" pages={['bookmarks']} icon="bookmark" name="Bookmarks" />}
        </nav>
      )}
      <span class="header__space" />
      {mode !== null && hub.connection.value === 'lost' && (
        <span class="header__lost" role="status" title="No connection to AudioRelay. It is tried again by itself.">
          Offline<span class="header__more">, trying again</span>
        </span>
      )}
      {!signInNeeded.value && signedIn.value && (
        <button
          type="button"
          class="icon-button"
          aria-label="Sign out"
          title="Sign out"
          onClick={() => {
            leave().catch((error: unknown) => {
              say(messageOf(error));
            });
          }}
        >
          <Icon name="out" />
        </button>
      )}
      <button
        type="button"
        class="icon-button header__help"
        aria-label="Keyboard help"
        title="Keyboard (?)"
        onClick={onHelp}
      >
        <Icon name="help" />
      </button>
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

interface PlaceProps {
  to: string;
  pages: readonly PageName[];
  icon: IconName;
  name: string;
}

function Place({ to, pages, icon, name }: PlaceProps): JSX.Element {
  return (
    <a class="header__place" href={to} aria-current={pages.includes(route.value.page) ? 'page' : undefined}>
      <Icon name={icon} size={19} />
      <span>{name}</span>
    </a>
  );
}
