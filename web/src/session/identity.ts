import { signal } from '@preact/signals';
import { isSignedIn, signIn, signOut } from '../api/sessionApi';

const key = 'audiorelay_signedIn';

function read(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/**
 * Whether somebody has signed in with this browser: then one can sign out, and other players need links of their own. The cookie itself
 * is out of a page's reach, so this is remembered beside it.
 */
export const signedIn = signal(read());

function remember(value: boolean): void {
  signedIn.value = value;
  try {
    if (value) localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
  } catch {
    // Then the next visit does not offer to sign out; closing the browser does.
  }
}

export async function enter(token: string): Promise<void> {
  await signIn(token);
  remember(true);
}

export async function leave(): Promise<void> {
  await signOut();
  remember(false);
}

/** Keeps the cookie alive, once per visit. */
export async function stay(): Promise<void> {
  if (!signedIn.peek()) return;
  try {
    remember(await isSignedIn());
  } catch {
    // Whatever is fetched next says what is wrong.
  }
}
