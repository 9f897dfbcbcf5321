import type { JSX } from 'preact';
import type { ShowModel } from './model';

/** An address that leads to no show: said once, with the ways on. */
export function NoSuchShow({ model }: { model: ShowModel }): JSX.Element {
  return (
    <section class="card problem" role="alert">
      <h1 class="problem__title">There is no show “{model.name}” here.</h1>
      <p>It may have another name by now, or nothing of it has come here yet.</p>
      <div class="problem__ways">
        <a class="button" href="#/">
          All shows
        </a>
        <button type="button" class="button button--quiet" onClick={() => void model.load()}>
          Look again
        </button>
      </div>
    </section>
  );
}
