(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const byId = (id) => document.getElementById(id);
  const remember = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch {}
    return null;
  };

  // Light and dark.
  const themeButton = byId('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme || (dark.matches ? 'dark' : 'light')) === 'dark';
  const showTheme = () => {
    themeButton.textContent = isDark() ? 'Light' : 'Dark';
    themeButton.setAttribute('aria-label', `Switch to ${isDark() ? 'light' : 'dark'} colours`);
  };
  const saved = remember('keyproof-theme');
  if (saved === 'dark' || saved === 'light') root.dataset.theme = saved;
  themeButton.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    remember('keyproof-theme', root.dataset.theme);
    showTheme();
  });
  dark.addEventListener('change', showTheme);
  showTheme();

  // Opening and closing.
  const items = () => document.querySelectorAll('details.item');
  const expand = byId('expand');
  const setAll = (open) => {
    for (const item of items()) item.open = open;
    expand.setAttribute('aria-pressed', String(open));
    expand.textContent = open ? 'Collapse all' : 'Expand all';
  };
  expand.addEventListener('click', () => setAll(expand.getAttribute('aria-pressed') !== 'true'));
  const openTarget = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const item = target.closest('details');
    if (item) item.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', openTarget);
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link?.hash === location.hash) openTarget();
  });
  if (matchMedia('(max-width: 67.99rem)').matches) byId('contents').open = false;

  // Printing shows everything, then puts it back.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...items()].filter((item) => !item.open);
    for (const item of opened) item.open = true;
  });
  addEventListener('afterprint', () => {
    for (const item of opened) item.open = false;
    opened = [];
  });
  byId('print').addEventListener('click', () => print());

  // Filtering of what is on the page: table rows and controls.
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const filter = (id) => {
    const box = byId(id);
    const wanted = words(document.querySelector(`[data-filter="${id}"]`).value);
    const select = document.querySelector(`[data-for="${id}"]`);
    const all = box.querySelectorAll('tbody > tr[data-framework], details.control');
    let shown = 0;
    for (const item of all) {
      const text = item.textContent.toLowerCase();
      const right = !select.value || item.dataset[select.dataset.filterKey] === select.value;
      item.hidden = !(right && wanted.every((word) => text.includes(word)));
      if (!item.hidden) shown += 1;
    }
    for (const heading of box.querySelectorAll('.group')) hideEmptyGroup(heading);
    document.querySelector(`[data-status="${id}"]`).textContent = `${shown} of ${all.length} shown`;
  };
  const hideEmptyGroup = (heading) => {
    let next = heading.nextElementSibling;
    let some = false;
    while (next && !next.matches('.group')) {
      some = some || !next.hidden;
      next = next.nextElementSibling;
    }
    heading.hidden = !some;
  };
  for (const input of document.querySelectorAll('[data-filter]'))
    input.addEventListener('input', () => filter(input.dataset.filter));
  for (const select of document.querySelectorAll('[data-for]'))
    select.addEventListener('change', () => filter(select.dataset.for));

  // Search over all findings: read on first use, 50 rows at a time, text only.
  const PAGE = 50;
  const state = { data: null, hits: [], page: 0, sort: 2, down: false, text: [] };
  const load = () => {
    if (state.data) return state.data;
    state.data = JSON.parse(byId('data').textContent);
    state.text = state.data.rows.map((row) => searchable(state.data, row));
    return state.data;
  };
  const searchable = (data, row) =>
    [data.rules[row[0]]?.[0], row[4], row[5], data.files[row[6]]?.[0], row[7]].join('\n').toLowerCase();
  const sortValue = (data, row) => {
    if (state.sort === 0) return data.rules[row[0]]?.[0] ?? '';
    if (state.sort === 4) return row[4];
    if (state.sort === 6) return `${data.files[row[6]]?.[0] ?? ''} ${row[7]}`;
    return row[1] * 10 + (row[2] < 0 ? 9 : row[2]);
  };
  const search = () => {
    const data = load();
    const wanted = words(byId('q').value);
    const rule = byId('q-rule').value;
    const severity = byId('q-severity').value;
    const outcome = byId('q-outcome').value;
    const hits = data.rows
      .map((_, index) => index)
      .filter((index) => {
        const row = data.rows[index];
        if (rule && data.rules[row[0]]?.[0] !== rule) return false;
        if (severity && row[2] !== Number(severity)) return false;
        if (outcome && data.outcomes[row[1]] !== outcome) return false;
        return wanted.every((word) => state.text[index].includes(word));
      });
    const keys = new Map(hits.map((index) => [index, sortValue(data, data.rows[index])]));
    const way = state.down ? -1 : 1;
    hits.sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      return x < y ? -way : x > y ? way : a - b;
    });
    state.hits = hits;
    state.page = 0;
    showPage();
  };
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const icon = (name) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('class', `icon k-${name}`);
    svg.setAttribute('viewBox', '0 0 16 16');
    svg.setAttribute('aria-hidden', 'true');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', `#i-${name}`);
    svg.append(use);
    return svg;
  };
  const labels = Object.fromEntries(
    [...byId('q-outcome').options]
      .filter((option) => option.value)
      .map((option) => [option.value, option.textContent]),
  );
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const tableRow = (row) => {
    const { data } = state;
    const line = element('tr');
    const name = row[2] < 0 ? data.outcomes[row[1]] : data.severities[row[2]];
    const chip = element('span', undefined, `chip s-${name}`);
    chip.append(icon(name), ` ${row[2] < 0 ? capital(labels[name]) : capital(name)}`);
    const first = element('td');
    first.append(chip);
    const subject = element('th', undefined, 'ids');
    subject.scope = 'row';
    subject.append(element('bdi', row[4]));
    const policy = element('td');
    const [id, anchor] = data.rules[row[0]] ?? ['', ''];
    const link = element('a', id);
    link.href = `#${anchor}`;
    policy.append(link);
    const record = element('td', undefined, 'record');
    const [path, hash] = data.files[row[6]] ?? [];
    if (path !== undefined) {
      record.append(path);
      const place = element('span', undefined, 'sub');
      place.append(element('code', row[7]), hash ? ` sha256:${hash}` : '');
      record.append(place);
    }
    line.append(first, subject, policy, element('td', row[5]), record);
    return line;
  };
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  const showPage = () => {
    const { data, hits } = state;
    const pages = Math.max(1, Math.ceil(hits.length / PAGE));
    const shown = hits.slice(state.page * PAGE, (state.page + 1) * PAGE);
    byId('q-rows').replaceChildren(...shown.map((index) => tableRow(data.rows[index])));
    const left =
      data.total > data.rows.length
        ? ` This document holds ${number(data.rows.length)} of ${number(data.total)}, worst first within each policy.`
        : '';
    byId('q-status').textContent = `${number(hits.length)} of ${number(data.rows.length)} match.${left}`;
    byId('q-page').textContent = `Page ${state.page + 1} of ${pages}`;
    byId('q-back').disabled = state.page === 0;
    byId('q-next').disabled = state.page >= pages - 1;
  };
  const turn = (by) => {
    state.page += by;
    showPage();
  };
  byId('q-back').addEventListener('click', () => turn(-1));
  byId('q-next').addEventListener('click', () => turn(1));
  let waiting = 0;
  byId('q').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  for (const id of ['q-rule', 'q-severity', 'q-outcome']) byId(id).addEventListener('change', search);
  for (const button of document.querySelectorAll('[data-sort]'))
    button.addEventListener('click', () => {
      const column = Number(button.dataset.sort);
      state.down = state.sort === column && !state.down;
      state.sort = column;
      for (const other of document.querySelectorAll('[data-sort]'))
        other.closest('th').removeAttribute('aria-sort');
      button.closest('th').setAttribute('aria-sort', state.down ? 'descending' : 'ascending');
      search();
    });

  // The first page of the search, before anything scrolls to a place below it.
  search();
  openTarget();
})();
