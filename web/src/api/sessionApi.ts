import { getJson, sendJson } from './client';

/** Whether the cookie still holds; asking also renews it. */
export async function isSignedIn(): Promise<boolean> {
  return (await getJson<{ signed_in: boolean }>('api/session')).signed_in;
}

/** Exchanges a token for a cookie, so that the page itself keeps no secret. Says what the token opens. */
export async function signIn(token: string): Promise<readonly string[]> {
  return (await sendJson<{ scopes: readonly string[] }>('POST', 'api/session', { token })).scopes;
}

export async function signOut(): Promise<void> {
  await sendJson('DELETE', 'api/session');
}
