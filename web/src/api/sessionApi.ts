import { getJson, sendJson, signInNeeded } from './client';

/** Whether the cookie still holds; asking also renews it. */
export async function isSignedIn(): Promise<boolean> {
  return (await getJson<{ signed_in: boolean }>('api/session')).signed_in;
}

/** Exchanges a token for a cookie, so that the page itself keeps no secret. */
export async function signIn(token: string): Promise<void> {
  await sendJson('POST', 'api/session', { token });
  signInNeeded.value = false;
}

export async function signOut(): Promise<void> {
  await sendJson('DELETE', 'api/session');
  signInNeeded.value = true;
}
