"use strict";
// Search: finds words in the data of this page. Nothing is fetched; words are shown as text only.
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var form = document.getElementById("find");
  var field = document.getElementById("q");
  var found = document.getElementById("found");
  var all = document.getElementById("all");
  var tally = document.getElementById("tally");
  var MOST = 60;

  // As the program folds: lower case, no accents, straight quotation marks. One letter stays one
  // letter, so that places in the folded words are places in the words.
  function fold(words) {
    return Array.from(words, function (letter) {
      if ("\u2018\u2019\u201b\u2032".includes(letter)) { return "'"; }
      if ("\u201c\u201d\u201e\u00ab\u00bb".includes(letter)) { return '"'; }
      var bare = letter.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
      return bare.length === letter.length ? bare : letter;
    }).join("");
  }

  function make(tag, name, words) {
    var it = document.createElement(tag);
    if (name) { it.className = name; }
    if (words !== undefined) { it.textContent = words; }
    return it;
  }

  function link(to, words) {
    var it = make("a", "said");
    it.href = to;
    it.append(words);
    return it;
  }

  // The words with what was sought marked, cut to what stands around it.
  function marked(words, folded, sought) {
    var part = document.createDocumentFragment();
    var first = folded.indexOf(sought[0]);
    var from = Math.max(0, words.lastIndexOf(" ", Math.max(0, first - 90)));
    var to = words.indexOf(" ", first + 160);
    to = to === -1 ? words.length : to;
    if (from > 0) { part.append("\u2026"); }
    var at = from;
    while (at < to) {
      var next = sought.map(function (word) {
        var there = folded.indexOf(word, at);
        return there === -1 || there + word.length > to ? null : [there, word.length];
      }).filter(Boolean).sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; })[0];
      if (!next) { break; }
      part.append(words.slice(at, next[0]));
      part.append(make("mark", "", words.slice(next[0], next[0] + next[1])));
      at = next[0] + next[1];
    }
    part.append(words.slice(at, to));
    if (to < words.length) { part.append("\u2026"); }
    return part;
  }

  function section(head, hits, sought) {
    if (!hits.length) { return; }
    var it = make("section", "section");
    var top = make("header");
    top.append(make("h2", "", head), make("p", "num", hits.length + (hits.length === 1 ? " place" : " places")));
    var list = make("ul", "hits");
    hits.slice(0, MOST).forEach(function (hit) {
      var row = make("li");
      row.append(link(hit.to, marked(hit.words, hit.folded, sought)));
      if (hit.beside) { row.append(" ", make("small", "", hit.beside)); }
      list.append(row);
    });
    it.append(top, list);
    if (hits.length > MOST) {
      it.append(make("p", "deck", "The first " + MOST + " are shown; more words find fewer."));
    }
    found.append(it);
  }

  data.lists.forEach(function (list) {
    list.rows = list.rows.map(function (row) {
      return { words: row[0], to: row[1], beside: row[2], folded: fold(row[0]) };
    });
  });

  function search() {
    var asked = field.value.trim();
    var quoted = asked.match(/^["\u201c](.+)["\u201d]$/);
    var sought = quoted ? [fold(quoted[1])] : fold(asked).split(/\s+/).filter(Boolean);
    found.textContent = "";
    all.hidden = sought.length !== 0;
    if (!sought.length) { tally.textContent = ""; return; }
    var n = 0;
    data.lists.forEach(function (list) {
      var hits = list.rows.filter(function (row) {
        return sought.every(function (word) { return row.folded.includes(word); });
      });
      n += hits.length;
      section(list.head, hits, sought);
    });
    tally.textContent = n === 0 ? "No page here has these words." : n + (n === 1 ? " place." : " places.");
    try {
      history.replaceState(null, "", "?q=" + encodeURIComponent(asked));
    } catch (refused) { /* a browser may refuse it for files */ }
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  field.addEventListener("input", search);
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && event.target !== field) { event.preventDefault(); field.focus(); }
    if (event.key === "Escape" && event.target === field) { field.value = ""; search(); }
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) { search(); }
})();
