// Spares slow phones a wasted upload or a second one. Everything works without it.
'use strict';
{
  // What came back is heard: what is wrong, or else what was done.
  (document.getElementById('problems') || document.querySelector('.notice[role=status]'))?.focus();

  // A form that is on its way is not sent again; ten seconds later somebody may try once more.
  for (const form of document.forms) {
    form.addEventListener('submit', event => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = 'yes';
      event.submitter?.setAttribute('aria-busy', 'true');
      setTimeout(() => release(form), 10000);
    });
  }
  const release = form => {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-busy]').forEach(button => button.removeAttribute('aria-busy'));
  };
  addEventListener('pageshow', () => [...document.forms].forEach(release));

  // A file over the limit is named before it is sent.
  document.addEventListener('change', ({ target }) => {
    if (target.type !== 'file' || !target.dataset.max) return;
    const old = document.getElementById(target.id + '-size');
    old?.remove();
    if (!target.files[0] || target.files[0].size <= target.dataset.max) return;
    const note = document.createElement('p');
    note.id = target.id + '-size';
    note.className = 'error';
    note.setAttribute('role', 'alert');
    note.textContent = target.dataset.large;
    target.before(note);
  });

  // Copying and printing need a script: their buttons come with it.
  for (const button of document.querySelectorAll('[data-copy], [data-print]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      if (!button.dataset.copy) return print();
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand('copy'); }
      button.textContent = button.dataset.done;
    });
  }
}
