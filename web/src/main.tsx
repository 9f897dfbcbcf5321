import { render } from 'preact';
import { App } from './pages/App';
import './styles/base.css';
import './styles/overlays.css';
import './styles/player.css';
import './styles/timeline.css';
import './styles/pages.css';
import './styles/forms.css';
import './styles/receiver.css';
import { followHash } from './ui/route';
import { applyTheme } from './ui/theme';

applyTheme();
followHash();
const root = document.getElementById('app');
if (root) render(<App />, root);
