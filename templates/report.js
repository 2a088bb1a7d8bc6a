/*
 * Casefile report. Everything can be read without this script; with it there are a search, a choice of namespace,
 * buttons that copy, and tables that sort. It fetches nothing, stores nothing and writes text as text only.
 */

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* Links to something inside closed details open them, also in browsers that do not do so by themselves. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let at = target.parentElement; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
  target.scrollIntoView();
}

/* Copying */
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
  const said = button.textContent;
  button.textContent = 'copied';
  setTimeout(() => {
    button.textContent = said;
  }, 1500);
}

function copyBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

function copyButton(label, text) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copier';
  button.textContent = label;
  button.addEventListener('click', () => copy(text(), button));
  return button;
}

/* Buttons are made when their place is first shown, so that a large report opens fast. */
function addButtons(details) {
  if (!details.open || details.dataset.ready) return;
  details.dataset.ready = 'yes';
  for (const command of all('.fix code.command', details)) {
    if (command.closest('details') !== details) continue;
    const text = command.textContent;
    command.append(copyButton('copy', () => text));
  }
  for (const area of all('.copy textarea', details)) {
    const place = area.closest('.copy');
    if (place.parentElement.closest('details') !== details) continue;
    place.before(copyButton('Copy as Markdown', () => area.value));
  }
}

/* Search and namespaces: incidents and risks that do not fit are hidden, the address remembers what was asked. */
const form = document.getElementById('filters');
const query = document.getElementById('query');
const namespace = document.getElementById('namespace');
const hits = document.getElementById('hits');
const boxes = all('input[type=checkbox]', form);
const incidents = all('.incident').map((element) => ({ element, text: '' }));

function fits(incident, words, wanted) {
  const { namespaces } = incident.element.dataset;
  if (wanted && !namespaces.includes(` ${wanted} `)) return false;
  if (words.length === 0) return true;
  incident.text ||= incident.element.textContent.toLowerCase();
  return words.every((word) => incident.text.includes(word));
}

function filter() {
  const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const incident of incidents) {
    const found = fits(incident, words, namespace.value);
    incident.element.classList.toggle('unfound', !found);
    if (found && isChosen(incident.element.dataset)) shown++;
  }
  hits.textContent = shown === incidents.length ? '' : `${shown} of ${incidents.length}`;
}

function isChosen({ severity, state }) {
  const past = document.getElementById('show-past');
  return document.getElementById(`show-${severity}`).checked && (state === 'ongoing' || past.checked);
}

function remember() {
  const asked = new URLSearchParams();
  if (query.value) asked.set('find', query.value);
  if (namespace.value) asked.set('in', namespace.value);
  const hidden = boxes.filter((box) => !box.checked).map((box) => box.id.replace('show-', ''));
  if (hidden.length > 0) asked.set('hide', hidden.join('.'));
  const text = asked.toString();
  history.replaceState(null, '', text ? `#?${text}` : location.href.replace(/#.*/, ''));
}

function recall() {
  if (!location.hash.startsWith('#?')) return;
  const asked = new URLSearchParams(location.hash.slice(2));
  query.value = asked.get('find') ?? '';
  namespace.value = asked.get('in') ?? '';
  const hidden = new Set((asked.get('hide') ?? '').split('.'));
  for (const box of boxes) box.checked = !hidden.has(box.id.replace('show-', ''));
  filter();
}

/* Tables */
function sortable(table) {
  const headings = all('thead th', table);
  for (const [column, heading] of headings.entries()) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => sortBy(table, headings, column));
  }
}

function sortBy(table, headings, column) {
  const heading = headings[column];
  const ascending = heading.getAttribute('aria-sort') !== 'ascending';
  for (const other of headings) other.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
  const body = table.tBodies[0];
  const cell = (row) => row.cells[column].textContent.trim();
  const compare = (a, b) => cell(a).localeCompare(cell(b), 'en', { numeric: true });
  const rows = [...body.rows].sort((a, b) => (ascending ? compare(a, b) : compare(b, a)));
  body.append(...rows);
}

document.getElementById('search').hidden = false;
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', () => {
  filter();
  remember();
});
document.addEventListener('toggle', (event) => addButtons(event.target), true);
addEventListener('hashchange', openTarget);
for (const details of all('details[open]')) addButtons(details);
for (const table of all('table.sortable')) sortable(table);
for (const area of all('#copy textarea'))
  area.closest('.copy').before(copyButton('Copy the whole as Markdown', () => area.value));
recall();
openTarget();
