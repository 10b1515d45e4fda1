import { focusOn, showPlace, startChapters } from './chapters.js';
import { byId } from './dom.js';
import { showList, startFilters } from './filters.js';
import { showKey, startKeys } from './keys.js';
import { openPlace, startPanels } from './panels.js';
import { startPrint } from './print.js';
import { showSearch, startSearch } from './search.js';
import { stateOf } from './state.js';
import { startTheme } from './theme.js';

document.documentElement.classList.add('js');
startTheme();
startChapters();
startPanels();
startFilters();
startPrint();
startSearch();

/** Shows what the address of the page names: values of the search or of a list, a finding, a key or a place. */
function follow() {
  const values = stateOf(location.hash);
  const id = decodeURIComponent(location.hash.slice(1));
  if (values?.key) return showKey(values.key);
  if (values?.list) return showList(values);
  if (values) return goTo('search', 'search-title', () => showSearch(values));
  if (id.startsWith('finding-'))
    return goTo(id, id, () => showSearch({ q: id.slice('finding-'.length) }, id));
  if (id) openPlace(id);
}

function goTo(id, focused, show) {
  show();
  openPlace(id);
  const place = byId(focused);
  if (place) focusOn(place);
}

addEventListener('hashchange', follow);
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link?.hash && link.hash === location.hash) follow();
});
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, select, textarea');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  showPlace(byId('search'));
  byId('q').focus();
});
if (matchMedia('(max-width: 67.99rem)').matches) byId('contents').open = false;

// The first page of the search, and the register if the address names a place, before anything scrolls to a place below them.
showSearch();
if (location.hash) startKeys();
follow();
markPlace();
// What is further down is made once the page is shown.
setTimeout(startKeys, 50);

/** Marks the chapter that the reader is in, in the contents. */
function markPlace() {
  const links = [...document.querySelectorAll('#contents a[href^="#"]')];
  const places = new Map(links.map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver(
    (entries) => {
      const entry = entries.find(({ isIntersecting }) => isIntersecting);
      if (!entry) return;
      for (const link of links) link.removeAttribute('aria-current');
      places.get(entry.target.id)?.setAttribute('aria-current', 'location');
    },
    { rootMargin: '-20% 0px -75% 0px' },
  );
  for (const id of places.keys()) {
    const chapter = byId(id);
    if (chapter) watch.observe(chapter);
  }
}
