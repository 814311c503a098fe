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
  // What came back is heard: what is wrong, or else what was done, at the place where it was done.
  const problems = document.getElementById('problems'), news = document.querySelector('.notice[role=status]');
  const place = news && document.getElementById(location.hash.slice(1));
  const land = () => {
    if (problems || !place?.matches('input')) return (problems || news)?.focus();
    place.focus();
    say(news.textContent);
  };
  // A browser that goes to a place by itself takes the focus away from elsewhere.
  if (place) addEventListener('load', () => setTimeout(land));
  else land();

  // What is typed

  const note = make('p', 'saving'), state = make('span', ''), act = make('button', 'plain');
  act.type = 'button';
  note.append(state, ' ', act);
  // isOver: the form is another page's now. isOut: nobody is logged in; isHeld: the portal keeps the form through the log-in.
  let sequence = 0, isNew = false, isOver = false, isOut = false, isHeld = false, wait = 0, status = 0, timer, saving;

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
  // Somebody has logged in anew, in another tab perhaps: the page goes on with the key of the new session.
  const renew = async () => {
    try {
      const answer = await fetch(location.href), page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const key = page.querySelector('#isian [name=csrf]');
      if (!key) return false;
      document.querySelectorAll('[name=csrf]').forEach(input => { input.value = key.value; });
      isOut = false;
      return true;
    } catch {
      return false;
    }
  };
  const leave = answer => {
    isOut = true;
    isHeld = answer.headers ? answer.headers.has('x-session') : !!answer.getResponseHeader('x-session');
  };
  const tellOut = () => isHeld && words.ended
    ? show(words.ended, true)
    : show(words.out, true, words.enter, () => open(words.logIn));
  const post = () => fetch(words.typing, {method: 'POST', body: typed(), signal: AbortSignal.timeout?.(20000)});
  const write = async () => {
    isNew = false;
    status = 0;
    show(words.saving, wait, wait && words.again, keep);
    try {
      let answer = await post();
      if (answer.status === 403 && await renew()) answer = await post();
      if (answer.ok) {
        show(`${words.saved} ${(await answer.json()).at}`);
        document.getElementById('saved')?.remove();
        wait = 0;
      } else if (answer.status === 403) {
        isNew = true;
        leave(answer);
        tellOut();
      } else if ([404, 409].includes(answer.status)) {
        isOver = isNew = true;
        show(words.elsewhere, true, words.reload, () => { isNew = false; location.reload(); });
      } else throw status = answer.status;
    } catch {
      isNew = true;
      wait = Math.min(wait * 2 || 2, 60);
      show(words.unsaved, true, words.again, keep);
    }
  };
  const keep = () => {
    if (!saving && isNew && !isOver) {
      saving = write().finally(() => {
        saving = null;
        if (isNew && !isOver && !isOut) later(wait || 1);
      });
    }
    return saving;
  };
  // Whether the page may be left by its button: what it holds is kept, or can be taken along. An answer that refuses what
  // was typed comes from a portal that is there; without one, the page's own address tells whether it is.
  const settle = async () => {
    if (isOut) await renew();
    do await keep(); while (isNew && !wait && !isOut && !isOver);
    if (isOut) return isHeld;
    return (!isNew && !stalled.size) || isOver || (status ? status < 500 : renew());
  };
  const send = () => { if (isNew && !isOver && !isOut) navigator.sendBeacon(words.typing, typed()); };
  // Back from the tab in which they logged in.
  const come = async () => { if (isOut && await renew()) keep(); };

  if (words.typing) {
    form.addEventListener('input', ({target}) => {
      if (target.type === 'file') return;
      isNew = true;
      // Fields of a row stand side by side: the note stands below all of them.
      (target.closest('.row') || target.closest('.field'))?.append(note);
      if (!wait && !isOut) later(1);
    });
    addEventListener('online', keep);
    // The next page is to show what was typed on this one.
    document.addEventListener('click', async event => {
      const link = event.target.closest('a[href]:not([target])');
      if (!link || !(isNew || saving) || isOver || isOut || wait || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await Promise.race([keep(), new Promise(done => setTimeout(done, 2000))]);
      location.href = link.href;
    });
    // The page may be gone without another word: a phone that is locked, a tab that is closed.
    document.addEventListener('visibilitychange', () => document.hidden ? send() : come());
    addEventListener('focus', come);
    addEventListener('pagehide', send);
    // Brought back as it was left: the draft may be newer.
    addEventListener('pageshow', ({persisted}) => persisted && location.reload());
  }

  // Files

  const running = new Set(), stalled = new Set();
  let waiting, stuck, isSettling, isSettled;
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
    const bar = make('progress', ''), button = make('button', 'plain', words.cancel), retry = make('button', 'plain', words.retry);
    const name = `${words.sending} ${file.name}`;
    let tries = 0, request, timer;
    bar.max = 1;
    bar.setAttribute('aria-label', name);
    button.type = retry.type = 'button';
    box.append(text, retry, button, bar);
    field.querySelector('.error')?.remove();
    const hadFocus = document.activeElement === input;
    input.before(box);
    input.hidden = input.disabled = true;
    if (hadFocus) button.focus();

    const free = () => {
      clearTimeout(timer);
      removeEventListener('online', again);
      removeEventListener('online', afresh);
      running.delete(box);
      stalled.delete(box);
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
    const again = () => {
      free();
      running.add(box);
      begin();
      if (document.activeElement === retry) button.focus();
    };
    const afresh = () => { tries = 0; again(); };
    const falter = () => {
      bar.removeAttribute('value');
      text.textContent = words.cut;
      say(words.cut);
    };
    const fail = () => {
      if (++tries < 6) {
        falter();
        timer = setTimeout(begin, Math.min(2 ** tries, 16) * 500);
        addEventListener('online', again, {once: true});
        return;
      }
      free();
      stalled.add(box);
      text.textContent = words.failed;
      text.className = 'error';
      retry.hidden = false;
      bar.hidden = true;
      say(words.failed);
      stuck = retry;
      addEventListener('online', afresh, {once: true});
      goOn();
    };
    const done = () => {
      if (request.status === 429 || request.status >= 500) return fail();
      const page = new DOMParser().parseFromString(request.responseText, 'text/html');
      const fresh = page.getElementById(input.id)?.closest('.field');
      if (!fresh && request.status === 403) {
        const refused = request;
        return renew().then(isIn => {
          if (!box.isConnected) return;
          if (isIn && ++tries < 6) return begin();
          leave(refused);
          stop(isHeld ? words.over : words.out, true);
        });
      }
      if (!fresh) return stop(page.querySelector('h1')?.textContent, true);
      free();
      const hasFocus = field.contains(document.activeElement);
      field.replaceWith(fresh);
      if (hasFocus) fresh.querySelector('input').focus({preventScroll: true});
      const kept = fresh.querySelector('.kept');
      const error = fresh.querySelector('.error');
      say((error || kept?.firstElementChild)?.innerText);
      if (error) stuck = fresh.querySelector('input');
      else if (kept && file.type.startsWith('image/')) picture(file, kept).catch(() => {});
      goOn();
    };
    const begin = () => {
      removeEventListener('online', again);
      retry.hidden = true;
      bar.hidden = false;
      bar.removeAttribute('value');
      text.className = '';
      text.textContent = name;
      const data = new FormData();
      data.append('csrf', form.elements.csrf.value);
      data.append(input.name, file);
      request = new XMLHttpRequest();
      request.open('POST', words.upload + encodeURIComponent(input.name));
      // Nothing for a minute: the other end is away, whatever the radio says. But a browser that begins again by itself
      // is silent until it is as far as it was: it has the time that this took, too.
      const begun = performance.now();
      const watch = () => {
        const patience = 45000 + performance.now() - begun;
        clearTimeout(timer);
        timer = setTimeout(() => {
          if (bar.value < 1) falter();
          timer = setTimeout(() => { request.abort(); fail(); }, patience);
        }, 15000);
      };
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
    button.onclick = () => { request.abort(); stop(); };
    retry.onclick = afresh;
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
  // What could not be kept is kept first: a page of the browser's own in place of this one would lose it.
  const leaveBy = async button => {
    if (isSettling) return;
    isSettling = true;
    button?.setAttribute('aria-busy', 'true');
    isSettled = navigator.onLine && await settle();
    isSettling = false;
    button?.removeAttribute('aria-busy');
    if (isSettled) form.requestSubmit(button);
    else if (isOut) tellOut();
    else show(words.unsaved || words.failed, true, words.again, keep);
    if (!isSettled) note.scrollIntoView({block: 'nearest'});
    isSettled = false;
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
      if (other === form && !isSettled && !isOver && (wait || isOut || stalled.size || (words.typing && !navigator.onLine))) {
        event.preventDefault();
        return leaveBy(button);
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
    if (!form.dataset.sent && (running.size || stalled.size || ((isNew || saving) && (wait || isOut || isOver)))) event.preventDefault();
  });
}
