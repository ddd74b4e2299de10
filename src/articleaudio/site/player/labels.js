// What the player says, by language.
const LABELS = {
  en: ["Chapters", "Transcript"], uk: ["Розділи", "Текст"], de: ["Kapitel", "Text"],
  fr: ["Chapitres", "Transcription"], es: ["Capítulos", "Transcripción"], pl: ["Rozdziały", "Tekst"],
};
