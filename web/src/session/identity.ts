import { signal } from '@preact/signals';
import { signInNeeded } from '../api/client';
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

/** A token that is known, and does not open what is to be heard. */
export class CannotListen extends Error {}

export async function enter(token: string): Promise<void> {
  const scopes = await signIn(token);
  remember(true);
  if (!scopes.includes('listen')) {
    // Kept, its cookie would only lock this browser in.
    await signOut();
    remember(false);
    throw new CannotListen();
  }
  signInNeeded.value = false;
}

export async function leave(): Promise<void> {
  await signOut();
  remember(false);
  signInNeeded.value = true;
}

/** Keeps the cookie alive, once per visit. */
export async function stay(): Promise<void> {
  if (!signedIn.peek()) return;
  await look();
}

/** Finds out whether there is a cookie, also one that nobody remembers: one that opens nothing has to be got rid of. */
export async function look(): Promise<void> {
  try {
    remember(await isSignedIn());
  } catch {
    // Whatever is fetched next says what is wrong.
  }
}

/** Signing out in one tab is signing out in all of them: calls when another one has. Returns how to stop. */
export function onLeftElsewhere(listener: () => void): () => void {
  const heard = (event: StorageEvent): void => {
    if (event.key !== key || event.newValue !== null) return;
    signedIn.value = false;
    listener();
  };
  window.addEventListener('storage', heard);
  return () => {
    window.removeEventListener('storage', heard);
  };
}
