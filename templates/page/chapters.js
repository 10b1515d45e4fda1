import { make } from './dom.js';

/** Chapters that a phone shows at once: the answer, and the plan of work. */
const OPEN = ['glance', 'plan'];

const folded = () => document.querySelectorAll('.chapter[data-folded]');

/** Folds the chapters after the plan of work on a phone, each with a button that shows it; wider screens show all. */
export function startChapters() {
  for (const chapter of document.querySelectorAll('.chapter'))
    if (!OPEN.includes(chapter.id)) fold(chapter, chapter.querySelector('h2'));
}

function fold(chapter, heading) {
  const text = heading.textContent;
  const button = make(
    'button',
    { type: 'button', class: 'chapter-button', 'aria-label': `Show ${text}` },
    'Show',
  );
  button.addEventListener('click', () => {
    unfold(chapter);
    focusOn(heading);
  });
  heading.after(button);
  chapter.dataset.folded = '';
}

function unfold(chapter) {
  delete chapter.dataset.folded;
}

/** Gives the keyboard a place that a link with values in its address led to, as a browser does for a link to a place. */
export function focusOn(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Shows every chapter. */
export function unfoldChapters() {
  for (const chapter of folded()) unfold(chapter);
}

/** Shows a place of the page: its chapter, and then the place. */
export function showPlace(element) {
  const chapter = element.closest('.chapter[data-folded]');
  if (chapter) unfold(chapter);
  element.scrollIntoView();
}
