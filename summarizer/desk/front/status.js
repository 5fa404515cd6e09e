/* The line at the bottom: how it stands with what is saved. */
const STATES = {
  saving: "Saving …", saved: "Draft saved.", full: "This browser keeps no more: save the review now.",
  offline: "The server does not answer: kept in this browser until it does.",
  differs: "Not saved: another tab has saved this record. Choose at the next change.",
};

export const saved = (state, isBad = !["saving", "saved"].includes(state) && state in STATES) => {
  const line = document.querySelector(".saved");
  line.textContent = STATES[state] ?? state;
  line.classList.toggle("bad", isBad);
};
