(() => {
  'use strict';

  const FIRST = 5000; // milliseconds between the first two questions
  const LONGEST = 60000;
  const root = document.documentElement;
  const status = document.getElementById('status');
  const message = document.querySelector('.message');
  const waiting = status.textContent;
  const here = location.origin + location.pathname + location.search; // as the address bar has it, but for the fragment

  let until = Date.parse(root.dataset.until); // NaN if it is not known
  let pause = FIRST;
  let timer;
  let asking = false;
  let asked = Date.now();
  let strange = 0; // answers in a row that may be the application's own, or those of a server that is still starting
  let ahead = 0; // of the reader's clock, as far as is known

  const now = () => Date.now() - ahead;

  const say = (text) => {
    if (status.textContent !== text) {
      status.textContent = text;
    }
  };

  // Back is what does not ask to come back later. A redirect (to a login, say) is the application's; it is not followed.
  const isBack = (answer) => {
    if (answer.type === 'opaqueredirect') {
      return true;
    }
    if (answer.headers.has('Retry-After') || [429, 502, 503, 504].includes(answer.status)) {
      strange = 0;
      return false;
    }
    return answer.ok || [401, 403, 405].includes(answer.status) || ++strange > 2;
  };

  // What there is to tell may have changed meanwhile. A page that is not this one, a proxy's say, changes nothing.
  const update = (text) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const end = page.documentElement.dataset.until;
    const told = page.querySelector('.message');
    if (end === undefined || !told) {
      return;
    }
    if (message.textContent !== told.textContent) {
      message.textContent = told.textContent;
      for (const name of ['lang', 'dir']) {
        message.removeAttribute(name);
        if (told.hasAttribute(name)) {
          message.setAttribute(name, told.getAttribute(name));
        }
      }
    }
    // Others are let in already, or nobody is any more.
    document.querySelectorAll('.queue').forEach((line) => line.remove());
    (document.querySelector('.sent') || status).before(...page.querySelectorAll('.queue'));
    if (root.dataset.until !== end) {
      root.dataset.until = end;
      until = Date.parse(end);
      document.querySelectorAll('.until').forEach((line) => line.remove());
      message.after(...page.querySelectorAll('.until'));
      say(waiting);
      localize();
    }
  };

  const ask = async () => {
    try {
      const answer = await fetch(here, {
        headers: { Accept: 'text/html, */*;q=0.8' },
        cache: 'no-store',
        credentials: 'same-origin',
        redirect: 'manual',
      });
      const date = Date.parse(answer.headers.get('Date'));
      if (date) {
        ahead = Date.now() - date;
      }
      if (isBack(answer)) {
        return true;
      }
      update(await answer.text());
      return false;
    } catch (unreachable) {
      return false;
    }
  };

  const enter = () => {
    say(status.dataset.returned);
    if (root.dataset.sent) {
      location.replace(here); // a reload would send it again
    } else {
      location.reload();
    }
  };

  // Spread by a quarter either way, so that not all readers ask at once; and soon after the announced end.
  const wait = () => {
    const spread = pause * (0.75 + Math.random() / 2);
    const end = until - now();
    clearTimeout(timer);
    timer = setTimeout(check, end > 0 && end < spread ? end + 500 + Math.random() * 5000 : spread);
    pause = Math.min(pause * 1.5, LONGEST);
  };

  const check = async (event) => {
    if (asking) {
      return;
    }
    asking = true;
    asked = Date.now();
    const back = await ask();
    asking = false;
    show();
    if (back) {
      enter();
      return;
    }
    if (event && event.type === 'click') {
      say(status.dataset.still);
    }
    wait();
  };

  const checkIfStale = () => {
    if (document.visibilityState === 'visible' && Date.now() - asked > FIRST) {
      check();
    }
  };

  const show = () => {
    const left = document.getElementById('left');
    const seconds = (until - now()) / 1000;
    if (seconds > 0) {
      const minutes = Math.ceil(seconds / 60);
      const [value, unit] =
        minutes < 120 ? [minutes, 'minute'] : minutes < 48 * 60 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
      const text = '(' + new Intl.RelativeTimeFormat(root.lang).format(value, unit) + ')';
      if (left.textContent !== text) {
        left.textContent = text;
      }
    } else if (seconds <= 0) {
      left.textContent = '';
      say(status.dataset.late);
    }
  };

  const localize = () => {
    if (!until) {
      return;
    }
    const end = new Date(until);
    const today = end.toDateString() === new Date().toDateString();
    const day = today ? {} : { weekday: 'long', day: 'numeric', month: 'long' };
    document.querySelector('time').textContent = end.toLocaleString(root.lang, {
      ...day,
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
    });
    show();
  };

  localize();
  setInterval(show, 10000);
  document.getElementById('again').addEventListener('click', (event) => {
    event.preventDefault();
    check(event);
  });
  document.addEventListener('visibilitychange', checkIfStale);
  addEventListener('pageshow', checkIfStale);
  addEventListener('online', () => check());
  wait();
})();
