// Forms that take long to fill in: what is typed is kept a second later, each file goes up by itself. Everything works without it.
'use strict';
{
  const form = document.getElementById('isian'), words = form.dataset;
  const make = (tag, className, text = '') => Object.assign(document.createElement(tag), {className, textContent: text});
  const live = make('p', 'away');
  const say = text => {
    if (!live.isConnected) { live.setAttribute('role', 'status'); form.append(live); }
    // Once the reader knows the region; the same words twice are no news.
    setTimeout(() => { if (live.textContent !== text) live.textContent = text; }, 50);
  };
  document.getElementById('problems')?.focus();

  // What is typed

  const note = make('p', 'saving'), state = make('span', ''), act = make('button', 'plain');
  act.type = 'button';
  note.append(state, ' ', act);
  let sequence = 0, isNew = false, isBusy = false, isOver = false, wait = 0, timer;

  const show = (text, isBad, button, action) => {
    if (!note.isConnected) form.append(note);
    // Whoever pressed the button goes on where it stood.
    if (!button && act === document.activeElement) note.parentElement.querySelector('input, textarea, select')?.focus();
    state.textContent = text;
    note.classList.toggle('bad', !!isBad);
    act.hidden = !button;
    act.textContent = button || '';
    act.onclick = action;
    if (text !== words.saving) say(text);
  };
  const typed = () => {
    const data = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    data.append('draf.urutan', ++sequence);
    return data;
  };
  const later = seconds => { clearTimeout(timer); timer = setTimeout(keep, seconds * 1000); };
  const keep = async () => {
    if (isBusy || isOver || !isNew) return;
    isBusy = true;
    isNew = false;
    show(words.saving, wait, wait && words.again, keep);
    try {
      const answer = await fetch(words.typing, {method: 'POST', body: typed(), signal: AbortSignal.timeout?.(20000)});
      if (answer.ok) {
        show(`${words.saved} ${(await answer.json()).at}`);
        wait = 0;
      } else if ([403, 404, 409].includes(answer.status)) {
        isOver = isNew = true;
        if (answer.status === 403) show(words.ended, true);
        else show(words.elsewhere, true, words.reload, () => { isNew = false; location.reload(); });
      } else throw answer.status;
    } catch {
      isNew = true;
      wait = Math.min(wait * 2 || 2, 60);
      show(words.unsaved, true, words.again, keep);
    }
    isBusy = false;
    if (isNew) later(wait || 1);
  };
  const send = () => { if (isNew && !isOver && words.typing) navigator.sendBeacon(words.typing, typed()); };

  if (words.typing) {
    form.addEventListener('input', ({target}) => {
      if (target.type === 'file') return;
      isNew = true;
      // Fields of a row stand side by side: the note stands below all of them.
      (target.closest('.row') || target.closest('.field'))?.append(note);
      if (!wait) later(1);
    });
    addEventListener('online', keep);
    // The next page is to show what was typed on this one.
    document.addEventListener('click', async event => {
      const link = event.target.closest('a[href]:not([target])');
      if (!link || !isNew || isOver || wait || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await Promise.race([keep(), new Promise(done => setTimeout(done, 2000))]);
      location.href = link.href;
    });
    // The page may be gone without another word: a phone that is locked, a tab that is closed.
    document.addEventListener('visibilitychange', () => document.hidden && send());
    addEventListener('pagehide', send);
    // Brought back as it was left: the draft may be newer.
    addEventListener('pageshow', ({persisted}) => persisted && location.reload());
  }

  // Files

  const running = new Set();
  let waiting, stuck;
  const complain = (input, text) => {
    const id = input.id + '-error', error = Object.assign(make('p', 'error', text), {id});
    document.getElementById(id)?.remove();
    error.setAttribute('role', 'alert');
    input.before(error);
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', `${input.getAttribute('aria-describedby').replace(id, '')} ${id}`);
  };

  const picture = async (file, place) => {
    const bitmap = await createImageBitmap(file), canvas = document.createElement('canvas');
    const scale = Math.min(1, 192 / Math.max(bitmap.width, bitmap.height));
    canvas.width = bitmap.width * scale;
    canvas.height = bitmap.height * scale;
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const image = make('img', 'look');
    image.src = canvas.toDataURL('image/jpeg', .7);
    image.alt = file.name;
    place.after(image);
  };

  const upload = (input, file) => {
    const field = input.closest('.field'), box = make('div', 'sending'), text = make('p', '');
    const bar = make('progress', ''), button = make('button', 'plain', words.cancel);
    const name = `${words.sending} ${file.name}`;
    let tries = 0, request, timer;
    bar.max = 1;
    bar.setAttribute('aria-label', name);
    button.type = 'button';
    box.append(text, button, bar);
    field.querySelector('.error')?.remove();
    const hadFocus = document.activeElement === input;
    input.before(box);
    input.hidden = input.disabled = true;
    if (hadFocus) button.focus();

    const free = () => {
      clearTimeout(timer);
      removeEventListener('online', again);
      running.delete(box);
    };
    const stop = (message, isKept) => {
      free();
      const hasFocus = box.contains(document.activeElement);
      box.remove();
      input.hidden = input.disabled = false;
      if (!isKept) input.value = '';
      if (hasFocus) input.focus();
      if (message) {
        complain(input, message);
        stuck = input;
      }
      goOn();
    };
    const again = () => { clearTimeout(timer); begin(); };
    const fail = () => {
      if (++tries < 6) {
        text.textContent = words.cut;
        if (tries === 1) say(words.cut);
        timer = setTimeout(begin, Math.min(2 ** tries, 16) * 500);
        addEventListener('online', again, {once: true});
        return;
      }
      free();
      text.textContent = words.failed;
      say(words.failed);
      stuck = button;
      button.textContent = words.retry;
      button.onclick = () => { tries = 0; running.add(box); begin(); };
      goOn();
    };
    const done = () => {
      if (request.status === 429 || request.status >= 500) return fail();
      const page = new DOMParser().parseFromString(request.responseText, 'text/html');
      const fresh = page.getElementById(input.id)?.closest('.field');
      if (!fresh) return stop(request.status === 403 ? words.over : page.querySelector('h1')?.textContent, true);
      free();
      const hasFocus = field.contains(document.activeElement);
      field.replaceWith(fresh);
      if (hasFocus) fresh.querySelector('input').focus({preventScroll: true});
      const kept = fresh.querySelector('.kept');
      const error = fresh.querySelector('.error');
      say((error || kept)?.innerText);
      if (error) stuck = fresh.querySelector('input');
      else if (kept && file.type.startsWith('image/')) picture(file, kept).catch(() => {});
      goOn();
    };
    const begin = () => {
      removeEventListener('online', again);
      button.textContent = words.cancel;
      button.onclick = () => { request.abort(); stop(); };
      text.textContent = name;
      const data = new FormData();
      data.append('csrf', form.elements.csrf.value);
      data.append(input.name, file);
      request = new XMLHttpRequest();
      request.open('POST', words.upload + encodeURIComponent(input.name));
      // Nothing for a minute: the other end is away, whatever the radio says.
      const watch = () => { clearTimeout(timer); timer = setTimeout(() => { request.abort(); fail(); }, 60000); };
      request.upload.onprogress = ({loaded, total}) => {
        watch();
        bar.value = loaded / total;
        text.textContent = loaded < total ? `${name} (${Math.floor(100 * loaded / total)} %)` : words.checking;
      };
      request.onload = () => { clearTimeout(timer); done(); };
      request.onerror = () => { clearTimeout(timer); fail(); };
      watch();
      request.send(data);
    };
    running.add(box);
    say(name);
    begin();
  };

  if (words.upload) {
    form.addEventListener('change', ({target}) => {
      const file = target.type === 'file' && target.files[0];
      if (!file) return;
      if (file.size > target.dataset.max) complain(target, target.dataset.large);
      else upload(target, file);
    });
  }

  // Sending the form

  const goOn = () => {
    if (running.size || !waiting) return;
    const button = waiting.isConnected ? waiting : null;
    waiting = null;
    button?.removeAttribute('aria-busy');
    if (stuck) stuck.focus();
    else form.requestSubmit(button);
  };
  for (const other of document.forms) {
    other.addEventListener('submit', event => {
      const button = event.submitter;
      if (other.dataset.sent) return event.preventDefault();
      if (other === form && running.size) {
        event.preventDefault();
        waiting = button;
        stuck = null;
        button?.setAttribute('aria-busy', 'true');
        return say(words.wait);
      }
      if (other === form && words.typing && !navigator.onLine) {
        event.preventDefault();
        return show(words.unsaved, true, words.again, keep);
      }
      other.dataset.sent = 'yes';
      button?.setAttribute('aria-busy', 'true');
      setTimeout(() => release(other), 10000);
      // What the form holds is on its way with it; files that never went up go along, too.
      if (other !== form) return;
      isNew = false;
      clearTimeout(timer);
      form.querySelectorAll('input[type=file][hidden]').forEach(input => { input.disabled = false; });
    });
  }
  const release = other => {
    delete other.dataset.sent;
    other.querySelectorAll('[aria-busy]').forEach(button => button.removeAttribute('aria-busy'));
  };
  addEventListener('pageshow', () => [...document.forms].forEach(release));
  addEventListener('beforeunload', event => {
    if (!form.dataset.sent && (running.size || (isNew && wait))) event.preventDefault();
  });
}
