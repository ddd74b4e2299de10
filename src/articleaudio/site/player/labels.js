// What the player says, by language, in the order of `labelsFor`. Few words: what is the same everywhere (−15, 1.5×, AI)
// needs none.
const LABELS = {
  en: "Listen to this article|Pause|Speed|Volume|Chapters|Transcript|Search|Playlist|Autoplay|Share|Download|Close|The audio cannot be played",
  uk: "Слухати статтю|Пауза|Швидкість|Гучність|Розділи|Текст|Пошук|Плейлист|Автовідтворення|Поділитися|Завантажити|Закрити|Аудіо не вдається відтворити",
  de: "Artikel anhören|Pause|Tempo|Lautstärke|Kapitel|Text|Suchen|Playlist|Autoplay|Teilen|Herunterladen|Schließen|Das Audio lässt sich nicht abspielen",
  fr: "Écouter l’article|Pause|Vitesse|Volume|Chapitres|Texte|Rechercher|Playlist|Lecture auto|Partager|Télécharger|Fermer|Impossible de lire l’audio",
  es: "Escuchar el artículo|Pausa|Velocidad|Volumen|Capítulos|Texto|Buscar|Playlist|Autorreproducción|Compartir|Descargar|Cerrar|No se puede reproducir el audio",
  pl: "Posłuchaj artykułu|Pauza|Tempo|Głośność|Rozdziały|Tekst|Szukaj|Playlista|Autoodtwarzanie|Udostępnij|Pobierz|Zamknij|Nie można odtworzyć nagrania",
};

// The words for a language tag; English where it is not known.
const labelsFor = (tag) => {
  const [listen, pause, speed, volume, chapters, transcript, search, playlist, autoplay, share, download, close, gone] =
    (LABELS[tag.slice(0, 2).toLowerCase()] ?? LABELS.en).split("|");
  return { listen, pause, speed, volume, chapters, transcript, search, playlist, autoplay, share, download, close, gone };
};
