import { signal } from '@preact/signals';
import { signIn, signOut } from '../api/sessionApi';

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
