import { hub } from '../api/hub';
import { forgetPaths } from '../api/paths';
import { bookmarks } from '../bookmarks/store';
import { desk } from '../desk/desk';
import { hush } from '../ui/notice';

/** Nobody is signed in any more: the sound stops, nothing is told any longer, and what was told is not kept for whoever sits down next. */
export function forgetAll(): void {
  desk.silence();
  hub.forget();
  bookmarks.forget();
  forgetPaths();
  hush();
}
