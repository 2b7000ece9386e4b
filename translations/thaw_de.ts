<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>ColourMapText</name>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Blue, white, orange</source>
        <translation>Blau, Weiß, Orange</translation>
    </message>
</context>
<context>
    <name>CompareColumns</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>1 step, before</source>
        <translation>1 Schritt, vorher</translation>
    </message>
    <message>
        <source>1 step, after</source>
        <translation>1 Schritt, nachher</translation>
    </message>
    <message>
        <source>Real data</source>
        <translation>Echte Bilder</translation>
    </message>
    <message>
        <source>original, Heun</source>
        <translation>Original, Heun</translation>
    </message>
    <message>
        <source>original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>not by seed</source>
        <translation>nicht nach Startwert</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s), after</source>
        <translation>
            <numerusform>%n Schritt, nachher</numerusform>
            <numerusform>%n Schritte, nachher</numerusform>
        </translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>Wie trainiert</translation>
    </message>
    <message>
        <source>original, as trained</source>
        <translation>Original, wie trainiert</translation>
    </message>
    <message>
        <source>%1, not as trained</source>
        <translation>%1, nicht wie trainiert</translation>
    </message>
</context>
<context>
    <name>FigurePresets</name>
    <message>
        <source>%1, one column</source>
        <translation>%1, eine Spalte</translation>
    </message>
    <message>
        <source>%1, full width</source>
        <translation>%1, volle Breite</translation>
    </message>
</context>
<context>
    <name>FigureText</name>
    <message>
        <source>A width of %1 mm is not possible; use 10 to 2000 mm.</source>
        <translation>Eine Breite von %1 mm ist nicht möglich; möglich sind 10 bis 2000 mm.</translation>
    </message>
    <message>
        <source>A height of %1 mm is not possible; use 10 to 2000 mm, or 0 to let the figure choose.</source>
        <translation>Eine Höhe von %1 mm ist nicht möglich; möglich sind 10 bis 2000 mm, oder 0, dann wählt die Abbildung.</translation>
    </message>
    <message>
        <source>A type size of %1 pt is not possible; use 3 to 72 pt.</source>
        <translation>Eine Schriftgröße von %1 pt ist nicht möglich; möglich sind 3 bis 72 pt.</translation>
    </message>
    <message>
        <source>A resolution of %1 dpi is not possible; use 36 to 2400 dpi.</source>
        <translation>Eine Auflösung von %1 dpi ist nicht möglich; möglich sind 36 bis 2400 dpi.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>Es gibt noch nichts zu exportieren.</translation>
    </message>
    <message>
        <source>A figure cannot be written as “.%1”. Use .pdf, .svg, .png or .csv.</source>
        <translation>Eine Abbildung kann nicht als „.%1“ geschrieben werden. Möglich sind .pdf, .svg, .png und .csv.</translation>
    </message>
    <message>
        <source>The figure could not be drawn; it is too large for the memory.</source>
        <translation>Die Abbildung konnte nicht gezeichnet werden; sie ist zu groß für den Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>%1 could not be written whole and was left as it was: %2.</source>
        <translation>%1 konnte nicht vollständig geschrieben werden und blieb, wie es war: %2.</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>Panel %1 shows nothing yet. Wait for its measurement, or remove it.</source>
        <translation>Feld %1 zeigt noch nichts. Auf die Messung warten oder es entfernen.</translation>
    </message>
    <message>
        <source>The recipe has %1 MiB, which no figure can hold; remove some of its panels.</source>
        <translation>Das Rezept hat %1 MiB, mehr als eine Abbildung aufnehmen kann; einige Felder entfernen.</translation>
    </message>
    <message>
        <source>%1 holds no recipe: it is an archive, but no figure that Thaw wrote.</source>
        <translation>%1 enthält kein Rezept: ein Archiv, aber keine Abbildung von Thaw.</translation>
    </message>
    <message>
        <source>“%1” shows a generator that is in no file yet, so this figure has no recipe. Save a snapshot or stop the run, then add the panel again.</source>
        <translation>„%1“ zeigt einen Generator, der noch in keiner Datei steht; darum hat diese Abbildung kein Rezept. Einen Schnappschuss speichern oder den Lauf beenden, dann das Feld erneut hinzufügen.</translation>
    </message>
    <message>
        <source>These panels come from different models or data, so the figure has no recipe: one names one A, one B and one data set.</source>
        <translation>Diese Felder stammen aus verschiedenen Modellen oder Daten; darum hat die Abbildung kein Rezept: eines nennt ein A, ein B und einen Datensatz.</translation>
    </message>
    <message>
        <source>%1 is there already and is no recipe, so it was left as it is; give the figure another name.</source>
        <translation>%1 gibt es schon, und es ist kein Rezept; es blieb unverändert. Die Abbildung anders nennen.</translation>
    </message>
</context>
<context>
    <name>FrequencyText</name>
    <message>
        <source>cycles/image</source>
        <translation>Perioden/Bild</translation>
    </message>
    <message>
        <source>power per bin</source>
        <translation>Leistung je Frequenz</translation>
    </message>
    <message>
        <source>Change of radial power, %1</source>
        <translation>Änderung der radialen Leistung, %1</translation>
    </message>
    <message>
        <source>difference (dB)</source>
        <translation>Differenz (dB)</translation>
    </message>
    <message>
        <source>mean over images</source>
        <translation>Mittel über Bilder</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>keine Änderung</translation>
    </message>
    <message numerus="yes">
        <source>%1 − %2 · σ = %3 · %n images · band: two standard errors</source>
        <translation>
            <numerusform>%1 − %2 · σ = %3 · %n Bild · Band: zwei Standardfehler</numerusform>
            <numerusform>%1 − %2 · σ = %3 · %n Bilder · Band: zwei Standardfehler</numerusform>
        </translation>
    </message>
    <message>
        <source>whole denoiser</source>
        <translation>ganzer Entrauscher</translation>
    </message>
    <message>
        <source>Transfer function, %1</source>
        <translation>Übertragungsfunktion, %1</translation>
    </message>
    <message>
        <source>gain, coherence</source>
        <translation>Verstärkung, Kohärenz</translation>
    </message>
    <message>
        <source>gain, %1</source>
        <translation>Verstärkung, %1</translation>
    </message>
    <message>
        <source>coherence, %1</source>
        <translation>Kohärenz, %1</translation>
    </message>
    <message numerus="yes">
        <source>response to weak white noise · σ = %1 · %n images</source>
        <translation>
            <numerusform>Antwort auf schwaches weißes Rauschen · σ = %1 · %n Bild</numerusform>
            <numerusform>Antwort auf schwaches weißes Rauschen · σ = %1 · %n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Frozen and trainable blocks</source>
        <translation>Eingefrorene und trainierbare Blöcke</translation>
    </message>
    <message>
        <source>share of power</source>
        <translation>Anteil der Leistung</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>eingefroren</translation>
    </message>
    <message>
        <source>trainable</source>
        <translation>trainierbar</translation>
    </message>
    <message>
        <source>profiles of unit sum, weighted by the share of each block&apos;s weights · σ = %1</source>
        <translation>Profile der Summe 1, gewichtet mit dem Anteil der Gewichte jedes Blocks · σ = %1</translation>
    </message>
    <message>
        <source>seeds %1–%2</source>
        <translation>Startwerte %1–%2</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>noise level σ</source>
        <translation>Rauschpegel σ</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>power re block mean</source>
        <translation>Leistung zum Mittel des Blocks</translation>
    </message>
    <message>
        <source>Power of every block</source>
        <translation>Leistung jedes Blocks</translation>
    </message>
    <message>
        <source>power re mean</source>
        <translation>Leistung zum Mittel</translation>
    </message>
    <message>
        <source>%1 by noise level</source>
        <translation>%1 nach Rauschpegel</translation>
    </message>
    <message>
        <source>Change of every block</source>
        <translation>Änderung jedes Blocks</translation>
    </message>
    <message>
        <source>Change of %1 by noise level</source>
        <translation>Änderung von %1 nach Rauschpegel</translation>
    </message>
    <message>
        <source>change re all blocks</source>
        <translation>Änderung zu allen Blöcken</translation>
    </message>
    <message>
        <source>One block set back</source>
        <translation>Ein Block zurückgesetzt</translation>
    </message>
    <message>
        <source>%1 with one block of %2</source>
        <translation>%1 mit einem Block von %2</translation>
    </message>
    <message>
        <source>channel, strongest first</source>
        <translation>Kanal, stärkste zuerst</translation>
    </message>
    <message>
        <source>Channels of %1</source>
        <translation>Kanäle von %1</translation>
    </message>
    <message>
        <source>share of the energy</source>
        <translation>Anteil an der Energie</translation>
    </message>
    <message>
        <source>Energy of every block by band</source>
        <translation>Energie jedes Blocks nach Band</translation>
    </message>
    <message>
        <source>95 % of independent signals have less coherence</source>
        <translation>95 % unabhängiger Signale haben weniger Kohärenz</translation>
    </message>
    <message>
        <source>coherence below a tenth of its line is drawn there</source>
        <translation>Kohärenz unter einem Zehntel ihrer Linie ist dort gezeichnet</translation>
    </message>
    <message>
        <source>not significant, or below %1</source>
        <translation>nicht signifikant, oder unter %1</translation>
    </message>
    <message numerus="yes">
        <source>interim: significance is decided at %n images</source>
        <translation>
            <numerusform>vorläufig: über Signifikanz wird bei %n Bild entschieden</numerusform>
            <numerusform>vorläufig: über Signifikanz wird bei %n Bildern entschieden</numerusform>
        </translation>
    </message>
    <message>
        <source>dots: not significant (paired t-test over images, q &gt; %1) or below %2</source>
        <translation>Punkte: nicht signifikant (gepaarter t-Test über Bilder, q &gt; %1) oder unter %2</translation>
    </message>
    <message>
        <source>spatial frequency (cycles/image)</source>
        <translation>Ortsfrequenz (Perioden/Bild)</translation>
    </message>
    <message>
        <source>not significant</source>
        <translation>nicht signifikant</translation>
    </message>
    <message>
        <source>spatial frequency</source>
        <translation>Ortsfrequenz</translation>
    </message>
    <message>
        <source>Change of 2-D power, %1</source>
        <translation>Änderung der 2-D-Leistung, %1</translation>
    </message>
    <message>
        <source>dots: not significant (Welch&apos;s t-test over images, q &gt; %1) or below %2</source>
        <translation>Punkte: nicht signifikant (Welchs t-Test über Bilder, q &gt; %1) oder unter %2</translation>
    </message>
    <message>
        <source>gain</source>
        <translation>Verstärkung</translation>
    </message>
</context>
<context>
    <name>HeatmapText</name>
    <message>
        <source>power re mean</source>
        <translation>Leistung re Mittel</translation>
    </message>
    <message>
        <source>cycles/image</source>
        <translation>Perioden/Bild</translation>
    </message>
    <message>
        <source>%1, tuned</source>
        <translation>%1, nachtrainiert</translation>
    </message>
    <message>
        <source>power re block mean</source>
        <translation>Leistung re Blockmittel</translation>
    </message>
    <message>
        <source>block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Radial power of every block</source>
        <translation>Radiale Leistung jedes Blocks</translation>
    </message>
    <message>
        <source>σ = %1 · %2 images</source>
        <translation>σ = %1 · %2 Bilder</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>%1 − %2</source>
        <translation>%1 − %2</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>fx %1, fy %2 %3</source>
        <translation>fx %1, fy %2 %3</translation>
    </message>
    <message>
        <source>mean (DC)</source>
        <translation>Mittel (DC)</translation>
    </message>
    <message>
        <source>wavelength %1</source>
        <translation>Wellenlänge %1</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>%1 cycles/px</source>
        <translation>%1 Perioden/px</translation>
    </message>
    <message>
        <source>gain</source>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>whole denoiser</source>
        <translation>ganzer Denoiser</translation>
    </message>
    <message>
        <source>Gain of each frequency, %1</source>
        <translation>Verstärkung jeder Frequenz, %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 · Fourier-basis probing · σ = %2 · %n images · seeds %3–%4</source>
        <extracomment>one line of provenance under a figure</extracomment>
        <translation>
            <numerusform>%1 · Abtastung mit Fourier-Basisbildern · σ = %2 · %n Bild · Seeds %3–%4</numerusform>
            <numerusform>%1 · Abtastung mit Fourier-Basisbildern · σ = %2 · %n Bilder · Seeds %3–%4</numerusform>
        </translation>
    </message>
    <message>
        <source>horizontal spatial frequency</source>
        <translation>horizontale Ortsfrequenz</translation>
    </message>
    <message>
        <source>vertical spatial frequency</source>
        <translation>vertikale Ortsfrequenz</translation>
    </message>
    <message>
        <source>%1 · σ = %2 · %3 images × %4 channels · seeds %5–%6</source>
        <extracomment>one line of provenance under a figure</extracomment>
        <translation>%1 · σ = %2 · %3 Bilder × %4 Kanäle · Startwerte %5–%6</translation>
    </message>
    <message>
        <source>spatial frequency</source>
        <translation>Ortsfrequenz</translation>
    </message>
</context>
<context>
    <name>NumberText</name>
    <message>
        <source>&lt; %1</source>
        <translation>&lt; %1</translation>
    </message>
    <message>
        <source>&gt; %1</source>
        <translation>&gt; %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
</context>
<context>
    <name>PanelText</name>
    <message>
        <source>real data</source>
        <translation>echte Daten</translation>
    </message>
    <message>
        <source>Radial power profile, %1</source>
        <translation>Radiales Leistungsprofil, %1</translation>
    </message>
    <message>
        <source>%1, one step</source>
        <translation>%1, ein Schritt</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n steps</source>
        <translation>
            <numerusform>%1, %n Schritt</numerusform>
            <numerusform>%1, %n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (slope %2)</source>
        <translation>%1 (Steigung %2)</translation>
    </message>
    <message>
        <source>Power spectrum of images, as in StyleGAN3</source>
        <translation>Leistungsspektrum von Bildern wie in StyleGAN3</translation>
    </message>
    <message>
        <source>Power spectrum of images</source>
        <translation>Leistungsspektrum von Bildern</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>G</source>
        <translation>G</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>imitation</source>
        <translation>Nachahmung</translation>
    </message>
    <message>
        <source>D(real)</source>
        <translation>D(echt)</translation>
    </message>
    <message>
        <source>D(fake)</source>
        <translation>D(falsch)</translation>
    </message>
    <message>
        <source>sign real</source>
        <translation>Vorzeichen echt</translation>
    </message>
    <message>
        <source>sign fake</source>
        <translation>Vorzeichen falsch</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>Fréchet distance of one-step samples</source>
        <translation>Fréchet-Distanz der Ein-Schritt-Bilder</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>Fréchet-Distanz</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Verluste</translation>
    </message>
    <message>
        <source>Discriminator logits</source>
        <translation>Logits des Diskriminators</translation>
    </message>
    <message>
        <source>Gradient norms</source>
        <translation>Gradientennormen</translation>
    </message>
    <message>
        <source>loss per image</source>
        <translation>Verlust je Bild</translation>
    </message>
    <message>
        <source>mean logit, mean sign</source>
        <translation>mittleres Logit, mittleres Vorzeichen</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>2-D spectrum</source>
        <translation>2-D-Spektrum</translation>
    </message>
    <message>
        <source>2-D power spectrum of the selected block</source>
        <translation>2-D-Leistungsspektrum des gewählten Blocks</translation>
    </message>
    <message>
        <source>Blocks × frequency</source>
        <translation>Blöcke × Frequenz</translation>
    </message>
    <message>
        <source>Power of every block over radial frequency</source>
        <translation>Leistung jedes Blocks über der radialen Frequenz</translation>
    </message>
    <message>
        <source>Radial profile</source>
        <translation>Radiales Profil</translation>
    </message>
    <message>
        <source>Radial power profile of the selected block, with its spread over images</source>
        <translation>Radiales Leistungsprofil des gewählten Blocks mit seiner Streuung über Bilder</translation>
    </message>
    <message>
        <source>Noise levels × frequency</source>
        <translation>Rauschpegel × Frequenz</translation>
    </message>
    <message>
        <source>The selected block at 16 noise levels σ</source>
        <translation>Der gewählte Block bei 16 Rauschpegeln σ</translation>
    </message>
    <message>
        <source>Channels × frequency</source>
        <translation>Kanäle × Frequenz</translation>
    </message>
    <message>
        <source>Every channel of the selected block</source>
        <translation>Jeder Kanal des gewählten Blocks</translation>
    </message>
    <message>
        <source>Transfer function</source>
        <translation>Übertragungsfunktion</translation>
    </message>
    <message>
        <source>What the selected block does to each frequency: linear response and coherence</source>
        <translation>Was der gewählte Block mit jeder Frequenz macht: lineare Antwort und Kohärenz</translation>
    </message>
    <message>
        <source>Spectrum of samples</source>
        <translation>Spektrum der Bilder</translation>
    </message>
    <message>
        <source>Generated images against real ones</source>
        <translation>Erzeugte Bilder gegen echte</translation>
    </message>
    <message>
        <source>One block set back</source>
        <translation>Ein Block zurückgesetzt</translation>
    </message>
    <message>
        <source>What changes in the output when one block of B gets the weights of A back</source>
        <translation>Was sich am Ausgang ändert, wenn ein Block von B die Gewichte von A zurückbekommt</translation>
    </message>
    <message>
        <source>Frozen and trainable</source>
        <translation>Eingefroren und trainierbar</translation>
    </message>
    <message>
        <source>Mean profiles of what the plan freezes and of what it leaves free</source>
        <translation>Mittlere Profile dessen, was der Plan einfriert, und dessen, was er frei lässt</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>denoising</source>
        <translation>Entrauschen</translation>
    </message>
    <message>
        <source>Blocks × bands</source>
        <translation>Blöcke × Bänder</translation>
    </message>
    <message>
        <source>Gain of each frequency</source>
        <translation>Verstärkung jeder Frequenz</translation>
    </message>
    <message>
        <source>Fréchet distance (%1)</source>
        <translation>Fréchet-Distanz (%1)</translation>
    </message>
    <message>
        <source>σ = %1 to %2 at %3 levels</source>
        <translation>σ = %1 bis %2 auf %3 Stufen</translation>
    </message>
    <message>
        <source>N = 1, seed %1</source>
        <translation>N = 1, Startwert %1</translation>
    </message>
    <message>
        <source>N = %1, seeds %2–%3</source>
        <translation>N = %1, Startwerte %2–%3</translation>
    </message>
    <message>
        <source>band: ± one standard deviation over images</source>
        <translation>Band: ± eine Standardabweichung über Bilder</translation>
    </message>
    <message>
        <source>whole denoiser</source>
        <translation>ganzer Denoiser</translation>
    </message>
    <message numerus="yes">
        <source>mean over %n channels</source>
        <translation>
            <numerusform>Mittel über %n Kanal</numerusform>
            <numerusform>Mittel über %n Kanäle</numerusform>
        </translation>
    </message>
    <message>
        <source>band: ± two standard errors</source>
        <translation>Band: ± zwei Standardfehler</translation>
    </message>
    <message>
        <source>plan %1</source>
        <translation>Plan %1</translation>
    </message>
    <message>
        <source>profiles of unit sum, weighted by the share of each block&apos;s weights</source>
        <translation>Profile mit Summe 1, gewichtet mit dem Anteil der Gewichte jedes Blocks</translation>
    </message>
    <message>
        <source>gain: response to weak white noise</source>
        <translation>Verstärkung: Antwort auf schwaches weißes Rauschen</translation>
    </message>
    <message>
        <source>%1 with one block of %2</source>
        <translation>%1 mit einem Block von %2</translation>
    </message>
    <message>
        <source>Fourier-basis probing</source>
        <translation>Abtasten mit Fourier-Basisbildern</translation>
    </message>
    <message>
        <source>N = %1 to %2</source>
        <translation>N = %1 bis %2</translation>
    </message>
    <message>
        <source>whitened, windowed and zero-padded as in StyleGAN3</source>
        <translation>normiert, gefenstert, mit Nullen aufgefüllt wie bei StyleGAN3</translation>
    </message>
    <message>
        <source>hatched: beyond the block&apos;s resolution</source>
        <translation>schraffiert: jenseits der Auflösung des Blocks</translation>
    </message>
    <message>
        <source>2-D power spectrum, %1</source>
        <translation>2-D-Leistungsspektrum, %1</translation>
    </message>
    <message>
        <source>real data not by seed</source>
        <translation>reale Daten nicht nach Startwert</translation>
    </message>
    <message>
        <source>several steps: Heun&apos;s method</source>
        <translation>mehrere Schritte: Heun-Verfahren</translation>
    </message>
    <message>
        <source>several steps: as trained</source>
        <translation>mehrere Schritte: wie trainiert</translation>
    </message>
    <message>
        <source>%1, not as trained</source>
        <translation>%1, nicht wie trainiert</translation>
    </message>
    <message>
        <source>one step</source>
        <translation>ein Schritt</translation>
    </message>
    <message>
        <source>run %1, %2 kimg</source>
        <translation>Lauf %1, %2 kimg</translation>
    </message>
    <message>
        <source>bold: moving average of weight %1, faint: every step</source>
        <translation>kräftig: gleitendes Mittel mit Gewicht %1, blass: jeder Schritt</translation>
    </message>
    <message>
        <source>N = %1, seeds %2 in the same places</source>
        <translation>N = %1, Startwerte %2 an denselben Stellen</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>shaded: one standard deviation over seeds</source>
        <translation>schattiert: eine Standardabweichung über Startwerte</translation>
    </message>
</context>
<context>
    <name>RecipeText</name>
    <message>
        <source>it is larger than %1 MiB</source>
        <translation>es ist größer als %1 MiB</translation>
    </message>
    <message>
        <source>the attachment cannot be found in the file</source>
        <translation>der Anhang ist in der Datei nicht zu finden</translation>
    </message>
    <message>
        <source>its compression, %1, is unknown</source>
        <translation>seine Kompression, %1, ist unbekannt</translation>
    </message>
    <message>
        <source>it cannot be unpacked</source>
        <translation>es lässt sich nicht entpacken</translation>
    </message>
    <message>
        <source>it is no base64</source>
        <translation>es ist kein base64</translation>
    </message>
    <message>
        <source>the SVG is larger than %1 MiB</source>
        <translation>das SVG ist größer als %1 MiB</translation>
    </message>
    <message>
        <source>the SVG is broken in line %1: %2</source>
        <translation>das SVG ist in Zeile %1 fehlerhaft: %2</translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>%1 is no file. Choose a figure or a recipe.</source>
        <translation>%1 ist keine Datei. Eine Abbildung oder ein Rezept wählen.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>%1 has %2 MiB; a figure is read up to %3 MiB. Open the recipe that was saved beside it.</source>
        <translation>%1 hat %2 MiB; Abbildungen werden bis %3 MiB gelesen. Das Rezept öffnen, das daneben gespeichert wurde.</translation>
    </message>
    <message>
        <source>The recipe in %1 cannot be read: %2. Open the recipe that was saved beside the figure.</source>
        <translation>Das Rezept in %1 ist nicht lesbar: %2. Das Rezept öffnen, das neben der Abbildung gespeichert wurde.</translation>
    </message>
    <message>
        <source>%1 holds no recipe: it was not exported as a figure of Thaw, or another program left the recipe out when it saved the file. Open the recipe that was saved beside it.</source>
        <translation>%1 enthält kein Rezept: Thaw hat es nicht als Abbildung exportiert, oder ein anderes Programm hat das Rezept beim Speichern weggelassen. Das Rezept öffnen, das daneben gespeichert wurde.</translation>
    </message>
    <message>
        <source>%1 at character %2</source>
        <translation>%1 bei Zeichen %2</translation>
    </message>
    <message>
        <source>it is no JSON object</source>
        <translation>es ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>%1 is JSON, but no recipe of a figure: it has no “thaw_figure”.</source>
        <translation>%1 ist JSON, aber kein Rezept einer Abbildung: „thaw_figure“ fehlt.</translation>
    </message>
    <message>
        <source>%1 holds no recipe. Figures that Thaw exported hold theirs (PDF, SVG, PNG, CSV, NPZ), and so do .recipe.json files; tables of “thaw-cli spectrum” are numbers alone.</source>
        <translation>%1 enthält kein Rezept. Von Thaw exportierte Abbildungen enthalten ihres (PDF, SVG, PNG, CSV, NPZ), ebenso .recipe.json-Dateien; Tabellen von „thaw-cli spectrum“ sind nur Zahlen.</translation>
    </message>
</context>
<context>
    <name>RunFieldText</name>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Thousand real images the run sees in all</source>
        <translation>Tausend echte Bilder, die der Lauf insgesamt sieht</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Images per step, for generator and discriminator alike</source>
        <translation>Bilder je Schritt, für Generator und Diskriminator gleich</translation>
    </message>
    <message>
        <source>Starts every random number of the run; the same seed gives the same run on the CPU</source>
        <translation>Beginnt jede Zufallszahl des Laufs; derselbe Startwert ergibt auf der CPU denselben Lauf</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>Generator</translation>
    </message>
    <message>
        <source>Adam&apos;s learning rate for the thawed weights of the generator G</source>
        <translation>Lernrate von Adam für die aufgetauten Gewichte des Generators G</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>Lernraten</translation>
    </message>
    <message>
        <source>Discriminator</source>
        <translation>Diskriminator</translation>
    </message>
    <message>
        <source>Adam&apos;s learning rate for the heads of the discriminator D</source>
        <translation>Lernrate von Adam für die Köpfe des Diskriminators D</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>How often the Fréchet distance of the averaged weights is measured; 0 measures at the end only</source>
        <translation>Wie oft die Fréchet-Distanz der gemittelten Gewichte gemessen wird; 0 misst nur am Ende</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>GAN loss</source>
        <translation>GAN-Verlust</translation>
    </message>
    <message>
        <source>Non-saturating: softplus(−D(G(z))) and softplus(±D). Hinge: max(0, 1 ∓ D)</source>
        <translation>Nicht sättigend: softplus(−D(G(z))) und softplus(±D). Hinge: max(0, 1 ∓ D)</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Non-saturating</source>
        <translation>Nicht sättigend</translation>
    </message>
    <message>
        <source>Hinge</source>
        <translation>Hinge</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>How the losses of a batch become one number; the sum weighs R1 less the larger the batch</source>
        <translation>Wie aus den Verlusten eines Batches eine Zahl wird; die Summe gewichtet R1 umso weniger, je größer der Batch</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Noise level σ</source>
        <translation>Rauschpegel σ</translation>
    </message>
    <message>
        <source>The generator is G(z) = D(σ z; σ): the denoiser at this one noise level</source>
        <translation>Der Generator ist G(z) = D(σ z; σ): der Entrauscher bei diesem einen Rauschpegel</translation>
    </message>
    <message>
        <source>R1 weight γ</source>
        <translation>R1-Gewicht γ</translation>
    </message>
    <message>
        <source>Weight of the gradient penalty γ/2 · |∇D(x)|² on real images</source>
        <translation>Gewicht der Gradientenstrafe γ/2 · |∇D(x)|² auf echten Bildern</translation>
    </message>
    <message>
        <source>R1 penalty</source>
        <translation>R1-Strafe</translation>
    </message>
    <message>
        <source>R1 every</source>
        <translation>R1 alle</translation>
    </message>
    <message>
        <source>The penalty is applied on every so-many-th step with that gain; 0 switches it off</source>
        <translation>Die Strafe wirkt alle so viele Schritte mit diesem Faktor; 0 schaltet sie ab</translation>
    </message>
    <message>
        <source>Half-life</source>
        <translation>Halbwertszeit</translation>
    </message>
    <message>
        <source>Thousand images until a weight&apos;s influence on the average has halved</source>
        <translation>Tausend Bilder, bis sich der Einfluss eines Gewichts auf das Mittel halbiert hat</translation>
    </message>
    <message>
        <source>Averaged weights (EMA)</source>
        <translation>Gemittelte Gewichte (EMA)</translation>
    </message>
    <message>
        <source>Ramp-up</source>
        <translation>Anlauf</translation>
    </message>
    <message>
        <source>The half-life never exceeds this share of the images seen; 0 switches the ramp off</source>
        <translation>Die Halbwertszeit übersteigt nie diesen Anteil der gesehenen Bilder; 0 schaltet den Anlauf ab</translation>
    </message>
    <message>
        <source>Generator β₁</source>
        <translation>Generator β₁</translation>
    </message>
    <message>
        <source>Adam&apos;s memory of the gradient</source>
        <translation>Gedächtnis von Adam für den Gradienten</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Generator β₂</source>
        <translation>Generator β₂</translation>
    </message>
    <message>
        <source>Adam&apos;s memory of the squared gradient</source>
        <translation>Gedächtnis von Adam für den quadrierten Gradienten</translation>
    </message>
    <message>
        <source>Generator ε</source>
        <translation>Generator ε</translation>
    </message>
    <message>
        <source>Keeps Adam&apos;s division finite</source>
        <translation>Hält die Division von Adam endlich</translation>
    </message>
    <message>
        <source>Discriminator β₁</source>
        <translation>Diskriminator β₁</translation>
    </message>
    <message>
        <source>Discriminator β₂</source>
        <translation>Diskriminator β₂</translation>
    </message>
    <message>
        <source>Discriminator ε</source>
        <translation>Diskriminator ε</translation>
    </message>
    <message>
        <source>Snapshot every</source>
        <translation>Schnappschuss alle</translation>
    </message>
    <message>
        <source>How often a snapshot is written from which the run can be resumed; 0 writes one at the end only</source>
        <translation>Wie oft ein Schnappschuss geschrieben wird, ab dem der Lauf fortgesetzt werden kann; 0 schreibt nur am Ende einen</translation>
    </message>
    <message>
        <source>Run folder and machine</source>
        <translation>Ordner und Rechner</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Number format of the convolutions; metrics and R1 are always float32</source>
        <translation>Zahlenformat der Faltungen; Messungen und R1 sind immer float32</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>The standalone GAN objective of D2O: the discriminator D judges one-step images G(z) against real ones</source>
        <translation>Das alleinstehende GAN-Ziel von D2O: Der Diskriminator D beurteilt Ein-Schritt-Bilder G(z) gegen echte</translation>
    </message>
    <message>
        <source>Imitation</source>
        <translation>Nachahmung</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Regression on pairs</source>
        <translation>Regression auf Paare</translation>
    </message>
    <message>
        <source>Steps m</source>
        <translation>Schritte m</translation>
    </message>
    <message>
        <source>Network calls of the student per image: 1 is the one-step generator; more make a two-time student whose jumps are trained together</source>
        <translation>Netzaufrufe des Schülers je Bild: 1 ist der Ein-Schritt-Generator; mehr ergeben einen Schüler mit zwei Zeiten, dessen Sprünge gemeinsam trainiert werden</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distanz</translation>
    </message>
    <message>
        <source>How far student and target are apart. Squared: mean of (a − b)². Features: of the frozen denoiser&apos;s encoder. LPIPS: a TorchScript file of yours</source>
        <translation>Wie weit Schüler und Ziel auseinander liegen. Quadratisch: Mittel von (a − b)². Merkmale: des eingefrorenen Entrausch-Encoders. LPIPS: eine eigene TorchScript-Datei</translation>
    </message>
    <message>
        <source>Squared (L2)</source>
        <translation>Quadratisch (L2)</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>LPIPS file</source>
        <translation>LPIPS-Datei</translation>
    </message>
    <message>
        <source>TorchScript file that takes two batches of images in −1 … 1 and returns a distance per image; packaging/export_features.py lpips writes one</source>
        <translation>TorchScript-Datei, die zwei Bildstapel in −1 … 1 nimmt und je Bild eine Distanz liefert; packaging/export_features.py lpips schreibt eine</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Factor on the imitation loss beside the GAN loss</source>
        <translation>Faktor des Nachahmungsverlusts neben dem GAN-Verlust</translation>
    </message>
    <message>
        <source>Teacher steps</source>
        <translation>Lehrerschritte</translation>
    </message>
    <message>
        <source>Heun steps of the teacher for each pair of noise and image</source>
        <translation>Heun-Schritte des Lehrers für jedes Paar aus Rauschen und Bild</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>Pairs of noise and teacher image; each is computed once and used in turns</source>
        <translation>Paare aus Rauschen und Lehrerbild; jedes wird einmal berechnet und reihum verwendet</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Direct: heads on the features as they are, ours for the denoiser&apos;s own encoder. Projected: heads on random mixtures of the maps (CCM and CSM), as published</source>
        <translation>Direkt: Köpfe auf den Merkmalen, wie sie sind, unsere Wahl für den Encoder des Entrauschers. Projiziert: Köpfe auf zufälligen Mischungen der Karten (CCM und CSM), wie veröffentlicht</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Projected</source>
        <translation>Projiziert</translation>
    </message>
    <message>
        <source>Looks through</source>
        <translation>Blickt durch</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Base width of the heads; published 64</source>
        <translation>Grundbreite der Köpfe; veröffentlicht 64</translation>
    </message>
    <message>
        <source>ADA target</source>
        <translation>ADA-Ziel</translation>
    </message>
    <message>
        <source>Mean sign of D on real images that adaptive augmentation holds; 0 switches adaptation off, as published</source>
        <translation>Mittleres Vorzeichen von D auf echten Bildern, das die adaptive Augmentierung hält; 0 schaltet die Anpassung ab, wie veröffentlicht</translation>
    </message>
    <message>
        <source>ADA start p</source>
        <translation>ADA-Anfang p</translation>
    </message>
    <message>
        <source>Probability of each augmentation at the start; 0 is off, as published</source>
        <translation>Wahrscheinlichkeit jeder Augmentierung am Anfang; 0 ist aus, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Plain momentum until the variance estimate can be trusted (RAdam)</source>
        <translation>Reiner Impuls, bis der Schätzung der Varianz zu trauen ist (RAdam)</translation>
    </message>
    <message>
        <source>Thawed again</source>
        <translation>Wieder aufgetaut</translation>
    </message>
    <message>
        <source>What Adam remembers of a weight that was frozen during the run and is thawed again</source>
        <translation>Was Adam von einem Gewicht noch weiß, das während des Laufs eingefroren war und wieder aufgetaut wird</translation>
    </message>
    <message>
        <source>Starts afresh</source>
        <translation>Fängt neu an</translation>
    </message>
    <message>
        <source>Takes up its memory</source>
        <translation>Nimmt sein Gedächtnis auf</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Precision, recall</source>
        <translation>Precision, Recall</translation>
    </message>
    <message>
        <source>Mirror images</source>
        <translation>Bilder spiegeln</translation>
    </message>
    <message>
        <source>Mirrors half of the real images; published: off</source>
        <translation>Spiegelt die Hälfte der echten Bilder; veröffentlicht: aus</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Micro-batch</source>
        <translation>Teilstapel</translation>
    </message>
    <message>
        <source>Fashion-MNIST (embedded)</source>
        <translation>Fashion-MNIST (eingebettet)</translation>
    </message>
    <message>
        <source>Our settings, chosen on the embedded model.</source>
        <translation>Unsere Einstellungen, am eingebetteten Modell gewählt.</translation>
    </message>
    <message>
        <source>Published settings. The published discriminator looks through %1: export them with packaging/export_features.py --maps.</source>
        <translation>Veröffentlichte Einstellungen. Der veröffentlichte Diskriminator blickt durch %1: mit packaging/export_features.py --maps exportieren.</translation>
    </message>
    <message>
        <source>RAdam for G</source>
        <translation>RAdam für G</translation>
    </message>
    <message>
        <source>RAdam for D</source>
        <translation>RAdam für D</translation>
    </message>
    <message>
        <source>Imitation of the teacher beside the GAN loss or instead of it. What is called -style differs from its paper; the help says how</source>
        <translation>Nachahmung des Lehrers neben dem GAN-Verlust oder an seiner Stelle. Was -artig heißt, weicht von seinem Aufsatz ab; die Hilfe sagt, wie</translation>
    </message>
    <message>
        <source>PD-style: progressive</source>
        <translation>PD-artig: progressiv</translation>
    </message>
    <message>
        <source>CD-style: consistency</source>
        <translation>CD-artig: Konsistenz</translation>
    </message>
    <message>
        <source>CTM-style: trajectory</source>
        <translation>CTM-artig: Trajektorie</translation>
    </message>
    <message>
        <source>RCD-style</source>
        <translation>RCD-artig</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of activations that the generator drops while it learns, whatever it was pre-trained with; published 0</source>
        <translation>Anteil der Aktivierungen, die der Generator beim Lernen auslässt, gleich womit er vortrainiert wurde; veröffentlicht 0</translation>
    </message>
    <message>
        <source>Label dropout</source>
        <translation>Label-Dropout</translation>
    </message>
    <message>
        <source>Share of class labels that the generator does not see while it learns; published 0</source>
        <translation>Anteil der Klassen, die der Generator beim Lernen nicht sieht; veröffentlicht 0</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Paper: PD in stages, CD with one time, CTM led by the teacher&apos;s solver, each as its own paper has it. Release: one rule for all, as in the comparison that came with D2O</source>
        <translation>Aufsatz: PD in Abschnitten, CD mit einer Zeit, CTM vom Löser des Lehrers geführt, jedes wie in seinem Aufsatz. Release: eine Regel für alle, wie im Vergleich, der mit D2O kam</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Aufsatz</translation>
    </message>
    <message>
        <source>Target decay</source>
        <translation>Abklingen des Ziels</translation>
    </message>
    <message>
        <source>Share μ of the target network that survives a step of CD and CTM; 0 takes the student itself</source>
        <translation>Anteil μ des Zielnetzes, der einen Schritt von CD und CTM übersteht; 0 nimmt den Schüler selbst</translation>
    </message>
    <message>
        <source>What the distance compares. auto: the built-in classifier for the built-in data, wavelets (fwd) elsewhere. Also builtin, fwd, none, or a file: a TorchScript network with its description beside it, or a classifier of thaw-cli train-features</source>
        <translation>Was die Distanz vergleicht. auto: der eingebaute Klassifikator für die eingebauten Daten, sonst Wavelets (fwd). Auch builtin, fwd, none oder eine Datei: ein TorchScript-Netz mit seiner Beschreibung daneben oder ein Klassifikator aus thaw-cli train-features</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Bezug</translation>
    </message>
    <message>
        <source>File of statistics (.npz) to compare with; empty takes the open data</source>
        <translation>Datei mit Statistiken (.npz), mit denen verglichen wird; leer nimmt die geöffneten Daten</translation>
    </message>
    <message>
        <source>Kernel distance</source>
        <translation>Kerneldistanz</translation>
    </message>
    <message>
        <source>Kernel distance beside every Fréchet distance, where the features are a network&apos;s</source>
        <translation>Kerneldistanz zu jeder Fréchet-Distanz, wo die Merkmale von einem Netz kommen</translation>
    </message>
    <message>
        <source>Precision and recall (k = 3) beside every Fréchet distance, where the features are a network&apos;s</source>
        <translation>Precision und Recall (k = 3) zu jeder Fréchet-Distanz, wo die Merkmale von einem Netz kommen</translation>
    </message>
    <message>
        <source>Images of one forward pass, 0 for the whole batch. Gradients add up to the batch&apos;s with direct heads; projected heads normalise each part by itself (BatchNorm)</source>
        <translation>Bilder eines Vorwärtsdurchgangs, 0 für den ganzen Stapel. Mit direkten Köpfen summieren sich die Gradienten zu denen des Stapels; projizierte Köpfe normieren jeden Teil für sich (BatchNorm)</translation>
    </message>
    <message>
        <source>Run seed</source>
        <translation>Lauf-Startwert</translation>
    </message>
    <message>
        <source>Generated images per measurement. Few images make the distance scatter and, in the mean, larger; compare only values of equal number</source>
        <translation>Erzeugte Bilder je Messung. Wenige Bilder lassen die Distanz streuen und im Mittel größer werden; nur Werte gleicher Anzahl sind vergleichbar</translation>
    </message>
    <message>
        <source>Ladder N</source>
        <translation>Leiter N</translation>
    </message>
    <message>
        <source>Rungs N of the ladder between the noise levels 80 and 0.002. What the teacher knows travels one rung a step: a short run needs few</source>
        <translation>Sprossen N der Leiter zwischen den Rauschpegeln 80 und 0,002. Was der Lehrer weiß, wandert je Schritt eine Sprosse: Ein kurzer Lauf braucht wenige</translation>
    </message>
    <message>
        <source>Frozen networks whose features D sees, separated by commas: denoiser (the pre-trained encoder, no outside weights), classifiers of thaw-cli train-features (.safetensors) and TorchScript files that return feature maps</source>
        <translation>Eingefrorene Netze, deren Merkmale D sieht, durch Kommas getrennt: denoiser (der vortrainierte Encoder, keine fremden Gewichte), Klassifikatoren von thaw-cli train-features (.safetensors) und TorchScript-Dateien, die Merkmalskarten liefern</translation>
    </message>
    <message>
        <source>TensorBoard</source>
        <translation>TensorBoard</translation>
    </message>
    <message>
        <source>Writes the log as an event file for TensorBoard too, into the run folder; the run itself stays the same</source>
        <translation>Schreibt das Protokoll zusätzlich als Ereignisdatei für TensorBoard in den Laufordner; der Lauf selbst bleibt derselbe</translation>
    </message>
</context>
<context>
    <name>SampleCompareText</name>
    <message>
        <source>identical</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>PSNR %1 dB</source>
        <translation>PSNR %1 dB</translation>
    </message>
    <message>
        <source>sharpness %1</source>
        <translation>Schärfe %1</translation>
    </message>
</context>
<context>
    <name>SamplePanelWords</name>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>surgery</source>
        <translation>Eingriff</translation>
    </message>
</context>
<context>
    <name>SessionText</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>%1 is no session of Thaw</source>
        <translation>%1 ist keine Sitzung von Thaw</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Thaw</source>
        <translation>%1 wurde von einer neueren Version von Thaw geschrieben</translation>
    </message>
</context>
<context>
    <name>StudyPageText</name>
    <message>
        <source>Claim</source>
        <translation>Behauptung</translation>
    </message>
    <message>
        <source>These runs</source>
        <translation>Diese Läufe</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
</context>
<context>
    <name>StudyText</name>
    <message>
        <source>Objectives</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Which objective makes the best one-step generator from equal images?</source>
        <translation>Welches Ziel macht aus gleich vielen Bildern den besten Ein-Schritt-Generator?</translation>
    </message>
    <message>
        <source>Freezing</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>What does it change which weights are frozen, and how many?</source>
        <translation>Was ändert es, welche Gewichte eingefroren sind, und wie viele?</translation>
    </message>
    <message>
        <source>Data efficiency</source>
        <translation>Datenbedarf</translation>
    </message>
    <message>
        <source>How many images does it take, seen and in the training set?</source>
        <translation>Wie viele Bilder braucht es, gesehene und in den Trainingsdaten?</translation>
    </message>
    <message>
        <source>Local minima</source>
        <translation>Lokale Minima</translation>
    </message>
    <message>
        <source>Do a teacher and its one-step student end near each other?</source>
        <translation>Enden ein Lehrer und sein Ein-Schritt-Schüler nah beieinander?</translation>
    </message>
    <message>
        <source>Pairing</source>
        <translation>Paarung</translation>
    </message>
    <message>
        <source>Does a student make its teacher&apos;s image of the same seed?</source>
        <translation>Macht ein Schüler zum selben Startwert das Bild seines Lehrers?</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>Frequenz</translation>
    </message>
    <message>
        <source>What does fine-tuning change in the spectra of layers and images?</source>
        <translation>Was ändert das Feintuning an den Spektren von Schichten und Bildern?</translation>
    </message>
    <message>
        <source>%1 kimg</source>
        <translation>%1 kimg</translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 von %2 fertig</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>running %1, %2 %; %3</source>
        <translation>%1 läuft, %2 %; %3</translation>
    </message>
    <message>
        <source>paused; %1</source>
        <translation>angehalten; %1</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>gescheitert: %1</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>nicht begonnen</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>stimmt</translation>
    </message>
    <message>
        <source>disagrees</source>
        <translation>stimmt nicht</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>nicht zu sagen</translation>
    </message>
</context>
<context>
    <name>thaw::Actions</name>
    <message>
        <source>&amp;First steps</source>
        <translation>&amp;Erste Schritte</translation>
    </message>
    <message>
        <source>&amp;Keys and mouse</source>
        <translation>&amp;Tasten und Maus</translation>
    </message>
    <message>
        <source>&amp;About Thaw</source>
        <translation>&amp;Über Thaw</translation>
    </message>
    <message>
        <source>&amp;Open model…</source>
        <translation>Modell &amp;öffnen …</translation>
    </message>
    <message>
        <source>&amp;Built-in model</source>
        <translation>&amp;Eingebautes Modell</translation>
    </message>
    <message>
        <source>Back to the embedded Fashion-MNIST model</source>
        <translation>Zurück zum eingebauten Fashion-MNIST-Modell</translation>
    </message>
    <message>
        <source>Open &amp;data set…</source>
        <translation>&amp;Datensatz öffnen …</translation>
    </message>
    <message>
        <source>&amp;Continue run…</source>
        <translation>Lauf &amp;fortsetzen …</translation>
    </message>
    <message>
        <source>Go on with a run from its newest snapshot</source>
        <translation>Einen Lauf ab seinem neuesten Schnappschuss fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>A run that is going is saved first</source>
        <translation>Ein laufender Lauf wird vorher gesichert</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>&amp;Trainieren</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Frequency</source>
        <translation>&amp;Frequenz</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>Wie der &amp;Schreibtisch</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Open a checkpoint: .safetensors, .pkl, .pt or .pth</source>
        <translation>Checkpoint öffnen: .safetensors, .pkl, .pt oder .pth</translation>
    </message>
    <message>
        <source>Model…</source>
        <translation>Modell…</translation>
    </message>
    <message>
        <source>Open r&amp;un folder…</source>
        <translation>La&amp;ufordner öffnen…</translation>
    </message>
    <message>
        <source>Open the newest generator of a run as the model</source>
        <translation>Den neuesten Generator eines Laufs als Modell öffnen</translation>
    </message>
    <message>
        <source>Open a zip of images, .npz, .npy, an IDX or a CIFAR file</source>
        <translation>Ein Zip mit Bildern, .npz, .npy, eine IDX- oder CIFAR-Datei öffnen</translation>
    </message>
    <message>
        <source>Data…</source>
        <translation>Daten…</translation>
    </message>
    <message>
        <source>Open data &amp;folder…</source>
        <translation>Daten&amp;ordner öffnen…</translation>
    </message>
    <message>
        <source>Open a folder of images, IDX files or CIFAR batches</source>
        <translation>Einen Ordner mit Bildern, IDX-Dateien oder CIFAR-Stapeln öffnen</translation>
    </message>
    <message>
        <source>&amp;Objectives and runs</source>
        <translation>&amp;Ziele und Läufe</translation>
    </message>
    <message>
        <source>What each objective trains, and what a run folder holds</source>
        <translation>Was jedes Ziel trainiert und was ein Laufordner enthält</translation>
    </message>
    <message>
        <source>&amp;Help on this view</source>
        <translation>&amp;Hilfe zu dieser Ansicht</translation>
    </message>
    <message>
        <source>Explain the view that has the focus</source>
        <translation>Erklärt die Ansicht, die den Fokus hat</translation>
    </message>
    <message>
        <source>Guided &amp;tour</source>
        <translation>Run&amp;dgang</translation>
    </message>
    <message>
        <source>Three minutes through the window</source>
        <translation>Drei Minuten durch das Fenster</translation>
    </message>
    <message>
        <source>Open s&amp;ession…</source>
        <translation>S&amp;itzung öffnen …</translation>
    </message>
    <message>
        <source>Save sess&amp;ion…</source>
        <translation>Sitzun&amp;g sichern …</translation>
    </message>
    <message>
        <source>Release &amp;memory</source>
        <translation>Speic&amp;her freigeben</translation>
    </message>
    <message>
        <source>Give memory that is only kept for speed back to the system</source>
        <translation>Gibt Speicher, der nur der Schnelligkeit wegen behalten wird, dem System zurück</translation>
    </message>
    <message>
        <source>&amp;New figure…</source>
        <translation>&amp;Neue Abbildung …</translation>
    </message>
    <message>
        <source>Compose a figure of several panels</source>
        <translation>Eine Abbildung aus mehreren Feldern zusammenstellen</translation>
    </message>
    <message>
        <source>Open fi&amp;gure…</source>
        <translation>Ab&amp;bildung öffnen …</translation>
    </message>
    <message>
        <source>Make a figure that Thaw exported again: its view comes back</source>
        <translation>Eine von Thaw exportierte Abbildung neu erzeugen: ihre Ansicht kommt zurück</translation>
    </message>
    <message>
        <source>Bring back what a window showed: files, selection, settings, layout</source>
        <translation>Zurückholen, was ein Fenster gezeigt hat: Dateien, Auswahl, Einstellungen, Anordnung</translation>
    </message>
    <message>
        <source>Keep what the window shows in a file: files, selection, settings, layout</source>
        <translation>Was das Fenster zeigt, in einer Datei aufheben: Dateien, Auswahl, Einstellungen, Anordnung</translation>
    </message>
    <message>
        <source>Built-in co&amp;lour model</source>
        <translation>Eingebautes &amp;Farbmodell</translation>
    </message>
    <message>
        <source>The embedded model of emoji, 32×32 in colour, with classes</source>
        <translation>Das eingebaute Modell von Emoji, 32×32 in Farbe, mit Klassen</translation>
    </message>
    <message>
        <source>&amp;Studies</source>
        <translation>&amp;Studien</translation>
    </message>
    <message>
        <source>Open on another &amp;machine…</source>
        <translation>Auf einem anderen &amp;Rechner öffnen…</translation>
    </message>
    <message>
        <source>Let another machine compute, over ssh; this window shows what it does</source>
        <translation>Einen anderen Rechner rechnen lassen, über ssh; dieses Fenster zeigt, was er tut</translation>
    </message>
    <message>
        <source>B&amp;ack to this machine</source>
        <translation>&amp;Zurück zu diesem Rechner</translation>
    </message>
    <message>
        <source>Let this machine compute again</source>
        <translation>Wieder diesen Rechner rechnen lassen</translation>
    </message>
</context>
<context>
    <name>thaw::BlockTree</name>
    <message>
        <source>Freeze nothing: every weight is fine-tuned (D2O)</source>
        <translation>Nichts einfrieren: Jedes Gewicht wird nachtrainiert (D2O)</translation>
    </message>
    <message>
        <source>Freeze conv0, conv1 and proj of every block (D2O-F)</source>
        <translation>conv0, conv1 und proj jedes Blocks einfrieren (D2O-F)</translation>
    </message>
    <message>
        <source>As D2O-F, and the attention&apos;s qkv</source>
        <translation>Wie D2O-F, dazu qkv der Attention</translation>
    </message>
    <message>
        <source>As D2O-F, and qkv and the skip convolutions</source>
        <translation>Wie D2O-F, dazu qkv und die Skip-Faltungen</translation>
    </message>
    <message>
        <source>Freeze everything: nothing learns</source>
        <translation>Alles einfrieren: Nichts lernt</translation>
    </message>
    <message>
        <source>None (D2O)</source>
        <translation>Nichts (D2O)</translation>
    </message>
    <message>
        <source>D2O-F</source>
        <translation>D2O-F</translation>
    </message>
    <message>
        <source>D2O-F + qkv</source>
        <translation>D2O-F + qkv</translation>
    </message>
    <message>
        <source>D2O-F + qkv + skip</source>
        <translation>D2O-F + qkv + skip</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Freeze preset: which weights keep their pre-trained values</source>
        <translation>Vorgabe: welche Gewichte ihre vortrainierten Werte behalten</translation>
    </message>
    <message>
        <source>Freeze preset</source>
        <translation>Einfriervorgabe</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Your own choice of blocks</source>
        <translation>Eine eigene Auswahl von Blöcken</translation>
    </message>
    <message>
        <source>Filter, e.g. enc or *.conv0</source>
        <translation>Filter, z. B. enc oder *.conv0</translation>
    </message>
    <message>
        <source>Filter blocks</source>
        <translation>Blöcke filtern</translation>
    </message>
    <message>
        <source>Frozen parameters keep their pre-trained values; the rest is fine-tuned</source>
        <translation>Eingefrorene Parameter behalten ihre vortrainierten Werte; der Rest wird nachtrainiert</translation>
    </message>
    <message>
        <source>Share of frozen parameters</source>
        <translation>Anteil eingefrorener Parameter</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Blocks of the network</source>
        <translation>Blöcke des Netzes</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>Kein Modell geöffnet</translation>
    </message>
    <message>
        <source>%1 of %2 frozen (%3)</source>
        <extracomment>1.04 M of 1.26 M frozen (82.4 %)</extracomment>
        <translation>%1 von %2 eingefroren (%3)</translation>
    </message>
    <message>
        <source>%1 matching</source>
        <translation>%1 Treffer</translation>
    </message>
    <message>
        <source>Part of a name, a glob with * and ?, or a regular expression between slashes: /conv[01]/. Return selects what matches.</source>
        <translation>Teil eines Namens, ein Muster mit * und ? oder ein regulärer Ausdruck zwischen Schrägstrichen: /conv[01]/. Eingabe wählt die Treffer.</translation>
    </message>
    <message>
        <source>no expression</source>
        <translation>kein Ausdruck</translation>
    </message>
    <message>
        <source>what is frozen now (%1)</source>
        <extracomment>before a preset is chosen: &quot;would freeze 1.04 M (82.4 %), changes 12 tensors&quot;</extracomment>
        <translation>wie es jetzt ist (%1)</translation>
    </message>
    <message>
        <source>would freeze %1 (%2), changes %3 tensors</source>
        <translation>würde %1 einfrieren (%2), ändert %3 Tensoren</translation>
    </message>
</context>
<context>
    <name>thaw::BlockTreeModel</name>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>Decoder</translation>
    </message>
    <message>
        <source>Mapping</source>
        <translation>Mapping</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>eingefroren</translation>
    </message>
    <message>
        <source>thawed</source>
        <translation>aufgetaut</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 Parameter</translation>
    </message>
    <message>
        <source>%1 of %2 parameters frozen</source>
        <translation>%1 von %2 Parametern eingefroren</translation>
    </message>
    <message>
        <source>%1 · %2, %3 → %4 channels</source>
        <translation>%1 · %2, %3 → %4 Kanäle</translation>
    </message>
    <message>
        <source>%1, frozen</source>
        <translation>%1, eingefroren</translation>
    </message>
    <message>
        <source>%1, thawed</source>
        <translation>%1, aufgetaut</translation>
    </message>
    <message>
        <source>%1, partly frozen</source>
        <translation>%1, teilweise eingefroren</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>Checked = frozen: these weights keep their pre-trained values</source>
        <translation>Angehakt = eingefroren: Diese Gewichte behalten ihre vortrainierten Werte</translation>
    </message>
    <message>
        <source>What the block is; for a tensor its shape</source>
        <translation>Was der Block ist; bei einem Tensor seine Form</translation>
    </message>
    <message>
        <source>Size of the block&apos;s output in pixels</source>
        <translation>Größe der Ausgabe des Blocks in Pixeln</translation>
    </message>
    <message>
        <source>Number of scalars</source>
        <translation>Anzahl der Skalare</translation>
    </message>
    <message>
        <source>Share of the scalars that is frozen</source>
        <translation>Anteil der eingefrorenen Skalare</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>Norm of the loss&apos;s gradient over the block&apos;s thawed weights, at the latest step or the one picked on the curves</source>
        <translation>Norm des Gradienten über die aufgetauten Gewichte des Blocks, im letzten Schritt oder im in den Kurven angehefteten</translation>
    </message>
</context>
<context>
    <name>thaw::BlocksPage</name>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Find block</source>
        <translation>Block &amp;suchen</translation>
    </message>
    <message>
        <source>Filter the tree of blocks</source>
        <translation>Den Baum der Blöcke filtern</translation>
    </message>
</context>
<context>
    <name>thaw::ClassBox</name>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Which class the model is told: random, drawn from each seed as EDM does; by seed, the seed modulo the number of classes; or one class for all images</source>
        <translation>Welche Klasse dem Modell genannt wird: zufällig, aus jedem Startwert gezogen wie bei EDM; nach Startwert, der Rest bei Teilung durch die Zahl der Klassen; oder eine für alle Bilder</translation>
    </message>
    <message>
        <source>Random classes</source>
        <translation>Zufällige Klassen</translation>
    </message>
    <message>
        <source>Classes by seed</source>
        <translation>Klassen nach Startwert</translation>
    </message>
    <message>
        <source>random classes</source>
        <translation>zufällige Klassen</translation>
    </message>
    <message>
        <source>classes by seed</source>
        <translation>Klassen nach Startwert</translation>
    </message>
    <message>
        <source>class %1 (%2)</source>
        <translation>Klasse %1 (%2)</translation>
    </message>
    <message>
        <source>class %1</source>
        <translation>Klasse %1</translation>
    </message>
    <message>
        <source>each image&apos;s own class, random where the data have none</source>
        <translation>die eigene Klasse jedes Bildes, zufällig, wo die Daten keine haben</translation>
    </message>
    <message>
        <source>each image&apos;s own class, by seed where the data have none</source>
        <translation>die eigene Klasse jedes Bildes, nach Startwert, wo die Daten keine haben</translation>
    </message>
</context>
<context>
    <name>thaw::CommandLine</name>
    <message>
        <source>Unlock one-step generation in diffusion models.</source>
        <translation>Ein-Schritt-Erzeugung in Diffusionsmodellen freilegen.</translation>
    </message>
    <message>
        <source>Folder for runs.</source>
        <translation>Ordner für Läufe.</translation>
    </message>
    <message>
        <source>auto (default), cpu, cuda or cuda:N.</source>
        <translation>auto (Vorgabe), cpu, cuda oder cuda:N.</translation>
    </message>
    <message>
        <source>light, dark or system.</source>
        <translation>light (hell), dark (dunkel) oder system.</translation>
    </message>
    <message>
        <source>Language code, for example de.</source>
        <translation>Kürzel der Sprache, zum Beispiel de.</translation>
    </message>
    <message>
        <source>Start a run as soon as everything is loaded.</source>
        <translation>Einen Lauf starten, sobald alles geladen ist.</translation>
    </message>
    <message>
        <source>Save a picture of the loaded window and quit.</source>
        <translation>Ein Bild des geladenen Fensters sichern und beenden.</translation>
    </message>
    <message>
        <source>Milliseconds to wait before the picture.</source>
        <translation>Wartezeit vor dem Bild in Millisekunden.</translation>
    </message>
    <message>
        <source>thaw: %1 (see thaw --help)</source>
        <translation>thaw: %1 (siehe thaw --help)</translation>
    </message>
    <message>
        <source>one model at a time, not %1</source>
        <translation>ein Modell auf einmal, nicht %1</translation>
    </message>
    <message>
        <source>the theme is light, dark or system, not &apos;%1&apos;</source>
        <translation>die Farben sind light, dark oder system, nicht „%1“</translation>
    </message>
    <message>
        <source>--after takes milliseconds, not &apos;%1&apos;</source>
        <translation>--after verlangt Millisekunden, nicht „%1“</translation>
    </message>
    <message>
        <source>Zip or folder of images, .npz, .npy, IDX or CIFAR files, or &apos;builtin&apos; (default).</source>
        <translation>Zip oder Ordner mit Bildern, .npz, .npy, IDX- oder CIFAR-Dateien oder »builtin« (Vorgabe).</translation>
    </message>
    <message>
        <source>Checkpoint, run folder, session (.thaw) or &apos;builtin&apos; (default); a data set opens as --data.</source>
        <translation>Checkpoint, Laufordner, Sitzung (.thaw) oder &apos;builtin&apos; (Vorgabe); ein Datensatz öffnet wie mit --data.</translation>
    </message>
    <message>
        <source>Make a figure again from its recipe, or from a figure that holds one, and quit; needs --out.</source>
        <translation>Eine Abbildung aus ihrem Rezept, oder aus einer Abbildung mit Rezept, neu erzeugen und beenden; braucht --out.</translation>
    </message>
    <message>
        <source>File to write that figure to: .pdf, .svg, .png, .csv or .npz.</source>
        <translation>Datei für diese Abbildung: .pdf, .svg, .png, .csv oder .npz.</translation>
    </message>
    <message>
        <source>Replace a figure that is there already.</source>
        <translation>Eine vorhandene Abbildung ersetzen.</translation>
    </message>
    <message>
        <source>No progress.</source>
        <translation>Keine Fortschrittsanzeige.</translation>
    </message>
    <message>
        <source>--figure and --out belong together: a recipe and the file to write</source>
        <translation>--figure und --out gehören zusammen: ein Rezept und die Zieldatei</translation>
    </message>
    <message>
        <source>Size of that picture&apos;s window (default: 1440x900).</source>
        <translation>Größe des Fensters auf diesem Bild (Vorgabe: 1440x900).</translation>
    </message>
    <message>
        <source>--size takes a size such as 1440x900, not &apos;%1&apos;</source>
        <translation>--size nimmt eine Größe wie 1440x900, nicht &apos;%1&apos;</translation>
    </message>
    <message>
        <source>there is no option &apos;--%1&apos;</source>
        <translation>es gibt keine Option »--%1«</translation>
    </message>
    <message>
        <source>; did you mean &apos;--%1&apos;?</source>
        <translation>; ist »--%1« gemeint?</translation>
    </message>
    <message>
        <source>Draw the figures and pages of the report in a study&apos;s folder, and quit.</source>
        <translation>Die Abbildungen und Seiten des Berichts im Ordner einer Studie zeichnen und beenden.</translation>
    </message>
</context>
<context>
    <name>thaw::ComparePage</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>How many seeds are shown (default: 16)</source>
        <translation>Wie viele Startwerte gezeigt werden (Vorgabe: 16)</translation>
    </message>
    <message>
        <source>Number of images</source>
        <translation>Anzahl der Bilder</translation>
    </message>
    <message>
        <source> steps</source>
        <translation> Schritte</translation>
    </message>
    <message>
        <source>Sampler steps</source>
        <translation>Schritte des Verfahrens</translation>
    </message>
    <message>
        <source>seeds %1–%2</source>
        <translation>Startwerte %1–%2</translation>
    </message>
    <message>
        <source>By seed</source>
        <translation>Nach Startwert</translation>
    </message>
    <message>
        <source>By PSNR</source>
        <translation>Nach PSNR</translation>
    </message>
    <message>
        <source>By sharpness</source>
        <translation>Nach Schärfe</translation>
    </message>
    <message>
        <source>Order of the images: by seed, by likeness to the reference column (PSNR), or by sharpness (mean squared Laplacian) of the last column, largest first</source>
        <translation>Reihenfolge der Bilder: nach Startwert, nach Ähnlichkeit zur Bezugsspalte (PSNR) oder nach Schärfe (mittlerer quadrierter Laplace) der letzten Spalte, das Größte zuerst</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>Reihenfolge der Bilder</translation>
    </message>
    <message>
        <source>Trajectory</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Follow the selected image from noise to picture, x and D(x; σ) at every step (T)</source>
        <translation>Folgt dem gewählten Bild vom Rauschen bis zum Bild, x und D(x; σ) in jedem Schritt (T)</translation>
    </message>
    <message>
        <source>Add ▾</source>
        <translation>Spalte ▾</translation>
    </message>
    <message>
        <source>Add a column: another number of steps, real images, another model or run. Right-click a heading to move or remove it</source>
        <translation>Fügt eine Spalte hinzu: andere Schrittzahl, echte Bilder, ein anderes Modell oder ein anderer Lauf. Rechtsklick auf eine Überschrift verschiebt oder entfernt sie</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>Einfach</translation>
    </message>
    <message>
        <source>Every column its own images; hold Shift to see the reference in place</source>
        <translation>Jede Spalte ihre eigenen Bilder; Umschalt halten zeigt den Bezug an derselben Stelle</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>Wischen</translation>
    </message>
    <message>
        <source>Left of a line the reference, right of it the image; drag the line (W)</source>
        <translation>Links einer Linie der Bezug, rechts das Bild; die Linie lässt sich ziehen (W)</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>, moved (%1, %2)</source>
        <translation>, verschoben (%1; %2)</translation>
    </message>
    <message>
        <source>Drag an image to walk through the latents: 1 to the right is the next seed, 1 down is 100 seeds on</source>
        <translation>Ein Bild ziehen heißt durch die Latenten wandern: 1 nach rechts ist der nächste Startwert, 1 nach unten sind 100 Startwerte</translation>
    </message>
    <message>
        <source>Double-click an image to go back to the seeds</source>
        <translation>Doppelklick auf ein Bild führt zu den Startwerten zurück</translation>
    </message>
    <message>
        <source>There is no image of seed %1 in this column.</source>
        <translation>In dieser Spalte gibt es kein Bild zu Startwert %1.</translation>
    </message>
    <message>
        <source>Surgery</source>
        <translation>Eingriff</translation>
    </message>
    <message>
        <source>Band surgery: scale a band of frequencies inside the selected block and see every generated image follow (Ctrl+B)</source>
        <translation>Bandeingriff: ein Frequenzband im gewählten Block skalieren und sehen, wie jedes erzeugte Bild folgt (Strg+B)</translation>
    </message>
    <message>
        <source>Band surgery</source>
        <translation>Bandeingriff</translation>
    </message>
    <message>
        <source>&amp;Samples…</source>
        <translation>&amp;Bilder …</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>wie trainiert</translation>
    </message>
    <message>
        <source>Steps N of the Heun sampler in the first column, which calls the network 2N − 1 times (default: as the model was trained, a diffusion model in 18 steps up to 32×32 pixels and in 40 above, a student in its own)</source>
        <translation>Schritte N des Heun-Verfahrens in der ersten Spalte, die das Netz 2N − 1 Mal aufruft (Vorgabe: wie das Modell trainiert wurde, ein Diffusionsmodell in 18 Schritten bis 32×32 Pixel und in 40 darüber, ein Schüler in seinen eigenen)</translation>
    </message>
    <message>
        <source>Image minus reference, mean over the channels: orange is brighter, blue is darker, ±255 is white against black (D)</source>
        <translation>Bild minus Bezug, im Mittel über die Kanäle: Orange ist heller, Blau dunkler, ±255 ist Weiß gegen Schwarz (D)</translation>
    </message>
    <message>
        <source>The image of seed %1 is out of date: it is not what is asked for now. Wait until it is drawn anew.</source>
        <translation>Das Bild zum Startwert %1 ist veraltet: Jetzt ist etwas anderes verlangt. Bitte warten, bis es neu entsteht.</translation>
    </message>
</context>
<context>
    <name>thaw::ComputeThread</name>
    <message>
        <source>The line to the other machine is broken.</source>
        <translation>Die Leitung zum anderen Rechner ist unterbrochen.</translation>
    </message>
    <message>
        <source>It can be made again when the line is there again.</source>
        <translation>Sie lässt sich erneut erzeugen, sobald die Leitung wieder steht.</translation>
    </message>
</context>
<context>
    <name>thaw::ContinueOffer</name>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Run %1 was interrupted at %2 of %3 kimg</source>
        <translation>Lauf %1 wurde bei %2 von %3 kimg unterbrochen</translation>
    </message>
    <message>
        <source>Up to there it is saved. The list of runs can continue it later, too.</source>
        <translation>Bis dahin ist er gesichert. Die Liste der Läufe kann ihn auch später fortsetzen.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>thaw::CurvePlot</name>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Logarithmic values (L)</source>
        <translation>Logarithmische Werte (L)</translation>
    </message>
    <message>
        <source>Show everything (F)</source>
        <translation>Alles zeigen (F)</translation>
    </message>
    <message>
        <source>Follow the latest step (End)</source>
        <translation>Dem neuesten Schritt folgen (Ende)</translation>
    </message>
    <message>
        <source>%1 (raw %2)</source>
        <translation>%1 (roh %2)</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>Noch keine Daten</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>%1 zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Exponential moving average: weight of the past %1. The raw values stay behind the line.</source>
        <translation>Exponentiell gleitendes Mittel: Gewicht des Vergangenen %1. Die rohen Werte bleiben hinter der Linie.</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>%1: points %2, latest %3 at %4</source>
        <translation>%1: Punkte %2, zuletzt %3 bei %4</translation>
    </message>
    <message>
        <source>, Δ %1</source>
        <extracomment>difference to the value at the pinned crosshair</extracomment>
        <translation>, Δ %1</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Follow the latest step</source>
        <translation>Dem letzten Schritt folgen</translation>
    </message>
    <message>
        <source>Logarithmic values</source>
        <translation>Logarithmische Werte</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Let go of the pinned step</source>
        <translation>Angehefteten Schritt lösen</translation>
    </message>
    <message>
        <source>Copy the read-out</source>
        <translation>Ablesung kopieren</translation>
    </message>
</context>
<context>
    <name>thaw::DockTitle</name>
    <message>
        <source>Drag to move, double-click to fill the window</source>
        <translation>Ziehen verschiebt, Doppelklick füllt das Fenster</translation>
    </message>
    <message>
        <source>Fill the window, or go back</source>
        <translation>Das Fenster füllen, oder zurück</translation>
    </message>
    <message>
        <source>Close; the View menu opens it again</source>
        <translation>Schließen; das Menü „Ansicht“ öffnet sie wieder</translation>
    </message>
    <message>
        <source>Fill the window with %1</source>
        <translation>Das Fenster mit „%1“ füllen</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>„%1“ schließen</translation>
    </message>
    <message>
        <source>Explain this view (F1)</source>
        <translation>Diese Ansicht erklären (F1)</translation>
    </message>
    <message>
        <source>Help on %1</source>
        <translation>Hilfe zu %1</translation>
    </message>
</context>
<context>
    <name>thaw::ErrorText</name>
    <message>
        <source>Something went wrong that Thaw did not foresee</source>
        <translation>Etwas ging schief, das Thaw nicht vorhergesehen hat</translation>
    </message>
    <message>
        <source>Not enough memory</source>
        <translation>Nicht genug Arbeitsspeicher</translation>
    </message>
    <message>
        <source>The compute device cannot be used</source>
        <translation>Das Rechengerät kann nicht benutzt werden</translation>
    </message>
    <message>
        <source>The run diverged</source>
        <translation>Der Lauf ist divergiert</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>The model is not there</source>
        <translation>Das Modell ist nicht da</translation>
    </message>
    <message>
        <source>The model cannot be opened</source>
        <translation>Das Modell lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The data set is not there</source>
        <translation>Der Datensatz ist nicht da</translation>
    </message>
    <message>
        <source>The data set cannot be opened</source>
        <translation>Der Datensatz lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The run cannot start</source>
        <translation>Der Lauf kann nicht starten</translation>
    </message>
    <message>
        <source>The run failed</source>
        <translation>Der Lauf ist gescheitert</translation>
    </message>
    <message>
        <source>The run could not be saved</source>
        <translation>Der Lauf konnte nicht gesichert werden</translation>
    </message>
    <message>
        <source>No samples could be drawn</source>
        <translation>Es konnten keine Bilder gezogen werden</translation>
    </message>
    <message>
        <source>No spectrum could be taken</source>
        <translation>Es konnte kein Spektrum gemessen werden</translation>
    </message>
    <message>
        <source>The Fréchet distance could not be measured</source>
        <translation>Die Fréchet-Distanz konnte nicht gemessen werden</translation>
    </message>
    <message>
        <source>What was saved before is safe. Please report this with the steps that led here.</source>
        <translation>Was vorher gesichert wurde, ist sicher. Bitte melden, mit den Schritten hierher.</translation>
    </message>
    <message>
        <source>A smaller batch, fewer seeds or fewer images need less.</source>
        <translation>Ein kleinerer Batch, weniger Startwerte oder weniger Bilder brauchen weniger.</translation>
    </message>
    <message>
        <source>The last good snapshot stands. A lower learning rate or a larger R1 weight helps.</source>
        <translation>Der letzte gute Schnappschuss bleibt. Eine kleinere Lernrate oder ein größeres R1-Gewicht hilft.</translation>
    </message>
    <message>
        <source>Check the path, or open another file.</source>
        <translation>Den Pfad prüfen oder eine andere Datei öffnen.</translation>
    </message>
    <message>
        <source>Copy or download the file once more.</source>
        <translation>Die Datei noch einmal kopieren oder herunterladen.</translation>
    </message>
    <message>
        <source>Models are .safetensors files or run folders.</source>
        <translation>Modelle sind .safetensors-Dateien oder Ordner von Läufen.</translation>
    </message>
    <message>
        <source>Make room on the disk, then save again or resume.</source>
        <translation>Platz auf dem Datenträger schaffen, dann erneut sichern oder weitermachen.</translation>
    </message>
    <message>
        <source>Another process of this job was lost</source>
        <translation>Ein anderer Prozess dieses Auftrags ging verloren</translation>
    </message>
</context>
<context>
    <name>thaw::ExportButton</name>
    <message>
        <source>Save this figure for a paper, or its numbers</source>
        <translation>Diese Abbildung für eine Veröffentlichung sichern, oder ihre Zahlen</translation>
    </message>
    <message>
        <source>Export this figure</source>
        <translation>Diese Abbildung exportieren</translation>
    </message>
    <message>
        <source>PDF…</source>
        <translation>PDF …</translation>
    </message>
    <message>
        <source>SVG…</source>
        <translation>SVG …</translation>
    </message>
    <message>
        <source>PNG…</source>
        <translation>PNG …</translation>
    </message>
    <message>
        <source>CSV, the numbers…</source>
        <translation>CSV, die Zahlen …</translation>
    </message>
    <message>
        <source>Width on paper</source>
        <translation>Breite auf Papier</translation>
    </message>
    <message>
        <source>83 mm (one column)</source>
        <translation>83 mm (eine Spalte)</translation>
    </message>
    <message>
        <source>120 mm</source>
        <translation>120 mm</translation>
    </message>
    <message>
        <source>174 mm (two columns)</source>
        <translation>174 mm (zwei Spalten)</translation>
    </message>
    <message>
        <source>Export figure</source>
        <translation>Abbildung exportieren</translation>
    </message>
    <message>
        <source>Export ▾</source>
        <translation>Exportieren ▾</translation>
    </message>
    <message>
        <source>CSV, the visible window…</source>
        <translation>CSV, sichtbarer Ausschnitt …</translation>
    </message>
    <message>
        <source>NPZ, the numbers for NumPy…</source>
        <translation>NPZ, die Zahlen für NumPy …</translation>
    </message>
    <message>
        <source>Add to figure</source>
        <translation>Zur Abbildung hinzufügen</translation>
    </message>
    <message>
        <source>Puts this panel into a figure of several panels</source>
        <translation>Nimmt dieses Feld in eine Abbildung aus mehreren Feldern auf</translation>
    </message>
    <message>
        <source>There is nothing to add yet: this panel is empty.</source>
        <translation>Es gibt noch nichts hinzuzufügen: dieses Feld ist leer.</translation>
    </message>
    <message>
        <source>What it shows is out of date, and computing it anew was cancelled or failed. Nothing was written.</source>
        <translation>Das Gezeigte ist veraltet; seine Berechnung wurde abgebrochen oder schlug fehl. Nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>thaw::FarFileDialog</name>
    <message>
        <source>%1 (on %2)</source>
        <translation>%1 (auf %2)</translation>
    </message>
    <message>
        <source>Path on the other machine</source>
        <translation>Pfad auf dem anderen Rechner</translation>
    </message>
    <message>
        <source>A path on the other machine; Return lists a folder</source>
        <translation>Ein Pfad auf dem anderen Rechner; die Eingabetaste listet einen Ordner auf</translation>
    </message>
    <message>
        <source>The folder that this one lies in</source>
        <translation>Der Ordner, in dem dieser liegt</translation>
    </message>
    <message>
        <source>Files of the other machine</source>
        <translation>Dateien des anderen Rechners</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
</context>
<context>
    <name>thaw::FarFiles</name>
    <message>
        <source>The line to the other machine is broken.</source>
        <translation>Die Leitung zum anderen Rechner ist unterbrochen.</translation>
    </message>
</context>
<context>
    <name>thaw::FarMachine</name>
    <message>
        <source>A run goes on there</source>
        <translation>Dort läuft ein Lauf weiter</translation>
    </message>
    <message>
        <source>What shall become of run %1 on %2?</source>
        <translation>Was soll mit Lauf %1 auf %2 geschehen?</translation>
    </message>
    <message>
        <source>Left running, it goes on to its end there, and Model &gt; Open on another machine… finds it again. A paused run is saved and ended after ten minutes.</source>
        <translation>Läuft er weiter, geht er dort bis zu seinem Ende, und Modell &gt; Auf einem anderen Rechner öffnen… findet ihn wieder. Ein angehaltener Lauf wird nach zehn Minuten gespeichert und beendet.</translation>
    </message>
    <message>
        <source>&amp;Leave it running</source>
        <translation>&amp;Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>&amp;Stop and save</source>
        <translation>&amp;Beenden und speichern</translation>
    </message>
    <message>
        <source>Run %1 goes on on %2</source>
        <translation>Lauf %1 läuft auf %2 weiter</translation>
    </message>
    <message>
        <source>It is saved there, and goes on in this window.</source>
        <translation>Er wird dort gespeichert und geht in diesem Fenster weiter.</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>%1: no connection since %2</source>
        <translation>%1: keine Verbindung seit %2</translation>
    </message>
    <message>
        <source>It is being tried again.</source>
        <translation>Es wird gerade erneut versucht.</translation>
    </message>
    <message>
        <source>It is tried again by itself, every half minute at the least.</source>
        <translation>Es wird von selbst wieder versucht, mindestens jede halbe Minute.</translation>
    </message>
    <message>
        <source>Put it right, then try again.</source>
        <translation>Bitte beheben und dann erneut versuchen.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
</context>
<context>
    <name>thaw::FarViews</name>
    <message>
        <source>Studies are made by this machine alone.</source>
        <translation>Studien macht nur dieser Rechner.</translation>
    </message>
    <message>
        <source>%1 Not yet with an engine on another machine.</source>
        <translation>%1 Noch nicht, wenn ein anderer Rechner rechnet.</translation>
    </message>
</context>
<context>
    <name>thaw::FigureEditor</name>
    <message>
        <source>Panels come here with “Add to figure” in Samples, Curves and Frequency. A figure that Thaw made comes back when it is dropped on this window.</source>
        <translation>Felder kommen mit „Zur Abbildung hinzufügen“ aus Bildern, Kurven und Frequenzen hierher. Eine Abbildung von Thaw kommt zurück, wenn sie auf dieses Fenster gezogen wird.</translation>
    </message>
    <message>
        <source>page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>%1 × %2 mm</source>
        <translation>%1 × %2 mm</translation>
    </message>
    <message>
        <source>&amp;Undo:</source>
        <translation>&amp;Rückgängig:</translation>
    </message>
    <message>
        <source>&amp;Redo:</source>
        <translation>&amp;Wiederholen:</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>Nach oben (Alt+Auf)</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>Nach unten (Alt+Ab)</translation>
    </message>
    <message>
        <source>Remove (Delete)</source>
        <translation>Entfernen (Entf)</translation>
    </message>
    <message>
        <source>Fit ▾</source>
        <translation>Einpassen ▾</translation>
    </message>
    <message>
        <source>Size of the preview; true size is in millimetres of this screen</source>
        <translation>Größe der Vorschau; wahre Größe zählt in Millimetern dieses Bildschirms</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>True size</source>
        <translation>Wahre Größe</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Size on paper</source>
        <translation>Größe auf Papier</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies the picture, at its resolution as PNG</source>
        <translation>Kopiert das Bild in seiner Auflösung als PNG</translation>
    </message>
    <message>
        <source>Save ▾</source>
        <translation>Speichern ▾</translation>
    </message>
    <message>
        <source>Writes the figure with its recipe inside and beside it</source>
        <translation>Schreibt die Abbildung mit ihrem Rezept darin und daneben</translation>
    </message>
    <message>
        <source>%1, the numbers…</source>
        <translation>%1, die Zahlen …</translation>
    </message>
    <message>
        <source>add panel</source>
        <translation>Feld hinzufügen</translation>
    </message>
    <message>
        <source>move panel</source>
        <translation>Feld verschieben</translation>
    </message>
    <message>
        <source>remove panel</source>
        <translation>Feld entfernen</translation>
    </message>
    <message>
        <source>rename panel</source>
        <translation>Feld umbenennen</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>thaw::FigureForm</name>
    <message>
        <source>Letters (a), (b), …</source>
        <translation>Buchstaben (a), (b), …</translation>
    </message>
    <message>
        <source>Titles</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>Eigene Größe</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> pt</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>from the panels</source>
        <translation>aus den Feldern</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Width and type size of a venue&apos;s figures</source>
        <translation>Breite und Schriftgröße der Abbildungen einer Konferenz oder Zeitschrift</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width on paper, 10 to 2000 mm</source>
        <translation>Breite auf Papier, 10 bis 2000 mm</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Height on paper; 0 = what the panels ask for</source>
        <translation>Höhe auf Papier; 0 = was die Felder brauchen</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Type size at final size, 3 to 72 pt (8 pt); small text is nine tenths of it</source>
        <translation>Schriftgröße in Endgröße, 3 bis 72 pt (8 pt); kleine Schrift hat neun Zehntel davon</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Schriftart</translation>
    </message>
    <message>
        <source>Typeface; automatic is the sans-serif face of this computer</source>
        <translation>Schriftart; automatisch ist die serifenlose dieses Rechners</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Panels side by side; automatic makes the page nearest to 3:2</source>
        <translation>Felder nebeneinander; automatisch macht die Seite möglichst 3:2</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>Resolution of PNG files, 36 to 2400 dpi (300 dpi); PDF and SVG have none</source>
        <translation>Auflösung von PNG-Dateien, 36 bis 2400 dpi (300 dpi); PDF und SVG haben keine</translation>
    </message>
    <message>
        <source>A letter before each title, from two panels on</source>
        <translation>Ein Buchstabe vor jedem Titel, ab zwei Feldern</translation>
    </message>
    <message>
        <source>The title of each panel</source>
        <translation>Der Titel jedes Feldes</translation>
    </message>
    <message>
        <source>What was measured, in words under the figure: model, noise level, images</source>
        <translation>Was gemessen wurde, in Worten unter der Abbildung: Modell, Rauschpegel, Bilder</translation>
    </message>
    <message>
        <source>Your own caption instead of the panels&apos; words</source>
        <translation>Eigene Bildunterschrift statt der Worte der Felder</translation>
    </message>
    <message>
        <source>Caption text</source>
        <translation>Text der Bildunterschrift</translation>
    </message>
</context>
<context>
    <name>thaw::FigurePreview</name>
    <message>
        <source>Preview of the figure</source>
        <translation>Vorschau der Abbildung</translation>
    </message>
</context>
<context>
    <name>thaw::FigureReader</name>
    <message>
        <source>There is not enough memory for this figure.</source>
        <translation>Für diese Abbildung reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>Ask for fewer images in its recipe.</source>
        <translation>In ihrem Rezept weniger Bilder verlangen.</translation>
    </message>
</context>
<context>
    <name>thaw::FigureSources</name>
    <message>
        <source>run %1</source>
        <translation>Lauf %1</translation>
    </message>
</context>
<context>
    <name>thaw::FigureWindow</name>
    <message>
        <source>Measuring the figure was cancelled</source>
        <translation>Das Messen der Abbildung wurde abgebrochen</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>Abbildung speichern</translation>
    </message>
    <message>
        <source>Help on figures</source>
        <translation>Hilfe zu Abbildungen</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Abbildung</translation>
    </message>
    <message>
        <source>%1[*] – Thaw</source>
        <translation>%1[*] – Thaw</translation>
    </message>
    <message>
        <source>This figure cannot be made again</source>
        <translation>Diese Abbildung lässt sich nicht neu erzeugen</translation>
    </message>
    <message>
        <source>%1 could not be opened</source>
        <translation>%1 ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>Measuring %1…</source>
        <translation>%1 wird gemessen …</translation>
    </message>
    <message>
        <source>%1 could not be made again</source>
        <translation>%1 ließ sich nicht neu erzeugen</translation>
    </message>
    <message>
        <source>%1 could not be written</source>
        <translation>%1 ließ sich nicht schreiben</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Its recipe is inside, and beside it as %1.</source>
        <translation>Ihr Rezept steht darin und daneben als %1.</translation>
    </message>
    <message>
        <source>Saved %1, without a recipe</source>
        <translation>%1 gespeichert, ohne Rezept</translation>
    </message>
    <message>
        <source>Save this figure?</source>
        <translation>Diese Abbildung speichern?</translation>
    </message>
    <message>
        <source>It has panels that are in no file yet.</source>
        <translation>Sie hat Felder, die noch in keiner Datei stehen.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Drop it</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>Weiterarbeiten</translation>
    </message>
</context>
<context>
    <name>thaw::FigureWindows</name>
    <message>
        <source>%1 could not be opened</source>
        <translation>%1 ließ sich nicht öffnen</translation>
    </message>
</context>
<context>
    <name>thaw::FileChooser</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Continue run</source>
        <translation>Lauf fortsetzen</translation>
    </message>
    <message>
        <source>Built-in model</source>
        <translation>Eingebautes Modell</translation>
    </message>
    <message>
        <source>%1 (missing)</source>
        <translation>%1 (fehlt)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Zuletzt &amp;geöffnet</translation>
    </message>
    <message>
        <source>Models (*.safetensors *.pkl *.pt *.pth)</source>
        <translation>Modelle (*.safetensors *.pkl *.pt *.pth)</translation>
    </message>
    <message>
        <source>Thaw model files (*.safetensors)</source>
        <translation>Thaw-Modelldateien (*.safetensors)</translation>
    </message>
    <message>
        <source>EDM and D2O snapshots (*.pkl)</source>
        <translation>EDM- und D2O-Schnappschüsse (*.pkl)</translation>
    </message>
    <message>
        <source>PyTorch checkpoints (*.pt *.pth)</source>
        <translation>PyTorch-Checkpoints (*.pt *.pth)</translation>
    </message>
    <message>
        <source>Open the generator of a run: choose its folder</source>
        <translation>Generator eines Laufs öffnen: Ordner wählen</translation>
    </message>
    <message>
        <source>Open data set</source>
        <translation>Datensatz öffnen</translation>
    </message>
    <message>
        <source>Data sets (*.zip *.npz *.npy *.bin *-ubyte *-ubyte.gz)</source>
        <translation>Datensätze (*.zip *.npz *.npy *.bin *-ubyte *-ubyte.gz)</translation>
    </message>
    <message>
        <source>Zips of images (*.zip)</source>
        <translation>Zips mit Bildern (*.zip)</translation>
    </message>
    <message>
        <source>NumPy arrays (*.npz *.npy)</source>
        <translation>NumPy-Arrays (*.npz *.npy)</translation>
    </message>
    <message>
        <source>CIFAR batches (*.bin)</source>
        <translation>CIFAR-Stapel (*.bin)</translation>
    </message>
    <message>
        <source>IDX files (*-ubyte *-ubyte.gz)</source>
        <translation>IDX-Dateien (*-ubyte *-ubyte.gz)</translation>
    </message>
    <message>
        <source>Open data set: a folder of images, IDX files or CIFAR batches</source>
        <translation>Datensatz öffnen: ein Ordner mit Bildern, IDX-Dateien oder CIFAR-Stapeln</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>Built-in data set</source>
        <translation>Eingebauter Datensatz</translation>
    </message>
    <message>
        <source>&amp;Clear list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message>
        <source>Open figure</source>
        <translation>Abbildung öffnen</translation>
    </message>
    <message>
        <source>Figures and recipes (*.pdf *.svg *.png *.csv *.npz *.json)</source>
        <translation>Abbildungen und Rezepte (*.pdf *.svg *.png *.csv *.npz *.json)</translation>
    </message>
    <message>
        <source>Models (*.safetensors *.pkl *.pt *.pth *.ckpt *.index.json)</source>
        <translation>Modelle (*.safetensors *.pkl *.pt *.pth *.ckpt *.index.json)</translation>
    </message>
    <message>
        <source>Choose the model that the run was made from</source>
        <translation>Das Modell wählen, aus dem der Lauf entstand</translation>
    </message>
    <message>
        <source>Built-in colour model</source>
        <translation>Eingebautes Farbmodell</translation>
    </message>
</context>
<context>
    <name>thaw::FileDrop</name>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Open model and data set</source>
        <translation>Modell und Datensatz öffnen</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>Open the newest generator of this run</source>
        <translation>Den neuesten Generator dieses Laufs öffnen</translation>
    </message>
    <message>
        <source>Open as model</source>
        <translation>Als Modell öffnen</translation>
    </message>
    <message>
        <source>Open as data set</source>
        <translation>Als Datensatz öffnen</translation>
    </message>
    <message>
        <source>Neither a model nor a data set</source>
        <translation>Weder ein Modell noch ein Datensatz</translation>
    </message>
    <message>
        <source>%1

Models: .safetensors, .pkl, .pt, a run folder
Data sets: .zip, .npz, .npy, IDX, CIFAR, a folder of images</source>
        <translation>%1

Modelle: .safetensors, .pkl, .pt, ein Laufordner
Datensätze: .zip, .npz, .npy, IDX, CIFAR, ein Bilderordner</translation>
    </message>
    <message>
        <source>Open this session</source>
        <translation>Diese Sitzung öffnen</translation>
    </message>
    <message>
        <source>Open this figure</source>
        <translation>Diese Abbildung öffnen</translation>
    </message>
    <message>
        <source>Draw the curves of this run beside others</source>
        <translation>Die Kurven dieses Laufs neben andere zeichnen</translation>
    </message>
</context>
<context>
    <name>thaw::FitNotice</name>
    <message>
        <source>The model %1 and the data set %2 do not fit together</source>
        <translation>Das Modell %1 und der Datensatz %2 passen nicht zusammen</translation>
    </message>
    <message>
        <source>Use the built-in data</source>
        <translation>Eingebaute Daten nehmen</translation>
    </message>
    <message>
        <source>Open other data…</source>
        <translation>Andere Daten öffnen…</translation>
    </message>
</context>
<context>
    <name>thaw::FreezeCommand</name>
    <message>
        <source>preset %1</source>
        <translation>Vorgabe %1</translation>
    </message>
    <message numerus="yes">
        <source>freeze %n tensor(s)</source>
        <translation>
            <numerusform>%n Tensor einfrieren</numerusform>
            <numerusform>%n Tensoren einfrieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>thaw %n tensor(s)</source>
        <translation>
            <numerusform>%n Tensor auftauen</numerusform>
            <numerusform>%n Tensoren auftauen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change %n tensor(s)</source>
        <translation>
            <numerusform>%n Tensor ändern</numerusform>
            <numerusform>%n Tensoren ändern</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::FrequencyActions</name>
    <message>
        <source>B&amp;efore</source>
        <translation>&amp;Vorher</translation>
    </message>
    <message>
        <source>&amp;After</source>
        <translation>&amp;Nachher</translation>
    </message>
    <message>
        <source>&amp;Change, after minus before</source>
        <translation>Ä&amp;nderung, nachher minus vorher</translation>
    </message>
    <message>
        <source>F&amp;requency figure…</source>
        <translation>F&amp;requenzabbildung …</translation>
    </message>
</context>
<context>
    <name>thaw::FrequencyFiles</name>
    <message>
        <source>Compare with another model</source>
        <translation>Mit einem anderen Modell vergleichen</translation>
    </message>
    <message>
        <source>Models (*.safetensors *.pkl *.pt *.pth)</source>
        <translation>Modelle (*.safetensors *.pkl *.pt *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>A file of this figure is not where it was</source>
        <translation>Eine Datei dieser Abbildung ist nicht mehr, wo sie war</translation>
    </message>
    <message>
        <source>Put it back, or correct the path in the recipe.</source>
        <translation>Sie zurücklegen oder den Pfad im Rezept berichtigen.</translation>
    </message>
    <message>
        <source>%1 is not the file this figure was made with</source>
        <translation>%1 ist nicht die Datei, mit der diese Abbildung entstand</translation>
    </message>
    <message>
        <source>Its SHA-256 is another, so the numbers may differ.</source>
        <translation>Ihr SHA-256 ist ein anderer; die Zahlen können abweichen.</translation>
    </message>
</context>
<context>
    <name>thaw::FrequencyHead</name>
    <message>
        <source>View of the frequencies</source>
        <translation>Ansicht der Frequenzen</translation>
    </message>
    <message>
        <source>What is measured and how it is drawn</source>
        <translation>Was gemessen und wie es gezeichnet wird</translation>
    </message>
    <message>
        <source>Part of the block</source>
        <translation>Teil des Blocks</translation>
    </message>
    <message>
        <source>The whole block or an operation in it: conv0, conv1, norm, qkv, proj, skip</source>
        <translation>Der ganze Block oder eine Operation darin: conv0, conv1, norm, qkv, proj, skip</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Goes through the noise levels σ from 80 to 0.002, as sampling does</source>
        <translation>Durchläuft die Rauschpegel σ von 80 bis 0,002, wie beim Erzeugen</translation>
    </message>
    <message>
        <source>Play through the noise levels</source>
        <translation>Rauschpegel abspielen</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>How it is measured: number of images, window, colours, and what to compare with</source>
        <translation>Wie gemessen wird: Zahl der Bilder, Fenster, Farben und womit verglichen wird</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>A: the original, pre-trained model</source>
        <translation>A: das ursprüngliche, vortrainierte Modell</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>B: the tuned generator (EMA weights)</source>
        <translation>B: der angepasste Generator (EMA-Gewichte)</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>B − A in dB, on the same inputs</source>
        <translation>B − A in dB, bei gleichen Eingaben</translation>
    </message>
    <message>
        <source>Add to figure</source>
        <translation>Zur Abbildung hinzufügen</translation>
    </message>
    <message>
        <source>Adds this panel to the figure of several panels</source>
        <translation>Nimmt dieses Feld in die Abbildung aus mehreren Feldern auf</translation>
    </message>
</context>
<context>
    <name>thaw::FrequencyPage</name>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>measuring…</source>
        <translation>messe …</translation>
    </message>
    <message>
        <source>B: the tuned generator (EMA weights)</source>
        <translation>B: der angepasste Generator (EMA-Gewichte)</translation>
    </message>
    <message>
        <source>Whole blocks</source>
        <translation>Ganze Blöcke</translation>
    </message>
    <message>
        <source>%1 of every block</source>
        <translation>%1 jedes Blocks</translation>
    </message>
    <message>
        <source>Selected block</source>
        <translation>Gewählter Block</translation>
    </message>
    <message>
        <source>Whole denoiser</source>
        <translation>Ganzer Entrauscher</translation>
    </message>
    <message>
        <source>Whole block</source>
        <translation>Ganzer Block</translation>
    </message>
    <message>
        <source>Denoised image</source>
        <translation>Entrauschtes Bild</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
    <message>
        <source>A</source>
        <comment>first model</comment>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <comment>second model</comment>
        <translation>B</translation>
    </message>
    <message>
        <source>B − A</source>
        <translation>B − A</translation>
    </message>
    <message>
        <source>measuring… %1 %</source>
        <translation>wird gemessen … %1 %</translation>
    </message>
    <message>
        <source>Start a run, or choose another model in “Measure”: this view sets one block of B back to A&apos;s weights.</source>
        <translation>Einen Lauf starten oder in „Messen“ ein anderes Modell wählen: Diese Ansicht setzt einen Block von B auf die Gewichte von A zurück.</translation>
    </message>
    <message>
        <source>Select a block in the tree to see the frequencies of its response.</source>
        <translation>Im Baum einen Block wählen, um die Frequenzen seiner Antwort zu sehen.</translation>
    </message>
    <message>
        <source>%1 gives no image-shaped response. Select another block in the tree.</source>
        <translation>%1 gibt keine bildförmige Antwort. Im Baum einen anderen Block wählen.</translation>
    </message>
    <message>
        <source>Select a block in the tree, or the whole denoiser in the list above.</source>
        <translation>Im Baum einen Block wählen oder in der Liste oben den ganzen Entrauscher.</translation>
    </message>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>Noch ist nichts gemessen.</translation>
    </message>
    <message>
        <source>B after %1</source>
        <comment>of training</comment>
        <translation>B nach %1</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>The responses of A and B differ in size here, so there is no difference to draw.</source>
        <translation>Die Antworten von A und B sind hier verschieden groß; es gibt keine Differenz zu zeichnen.</translation>
    </message>
</context>
<context>
    <name>thaw::HeatmapView</name>
    <message>
        <source>No data yet</source>
        <translation>Noch keine Daten</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Wärmebild</translation>
    </message>
    <message>
        <source>%1. %2 rows, %3 columns, from %4 to %5.</source>
        <translation>%1. %2 Zeilen, %3 Spalten, von %4 bis %5.</translation>
    </message>
</context>
<context>
    <name>thaw::HelpGuide</name>
    <message>
        <source>About Thaw</source>
        <translation>Über Thaw</translation>
    </message>
    <message>
        <source>One step instead of eighteen</source>
        <translation>Ein Schritt statt achtzehn</translation>
    </message>
    <message>
        <source>A diffusion model needs many steps for an image. Thaw shows how a short GAN fine-tuning, with most of the network frozen, turns it into a one-step generator. Everything here runs on the built-in model; this tour takes three minutes.</source>
        <translation>Ein Diffusionsmodell braucht viele Schritte für ein Bild. Thaw zeigt, wie eine kurze GAN-Anpassung, bei der das meiste des Netzes eingefroren bleibt, daraus einen Ein-Schritt-Generator macht. Alles hier läuft mit dem eingebauten Modell; der Rundgang dauert drei Minuten.</translation>
    </message>
    <message>
        <source>The same seeds, three ways</source>
        <translation>Dieselben Startwerte, dreimal</translation>
    </message>
    <message>
        <source>Left: 18 steps. Middle: one step of the same model, a blur: the average of all it could be. Right, soon: one step after fine-tuning. Hold Shift over an image to see the column before in its place.</source>
        <translation>Links 18 Schritte. In der Mitte ein Schritt desselben Modells, verschwommen: das Mittel all dessen, was es sein könnte. Rechts, bald, ein Schritt nach der Anpassung. Umschalt über einem Bild zeigt an seiner Stelle das der Spalte davor.</translation>
    </message>
    <message>
        <source>What stays frozen</source>
        <translation>Was eingefroren bleibt</translation>
    </message>
    <message>
        <source>Press Start</source>
        <translation>Auf Start klicken</translation>
    </message>
    <message>
        <source>The part that is lit stays alive: press Start now. Every step, a discriminator compares one-step images with real ones, and the thawed weights learn.</source>
        <translation>Was hell ist, bleibt bedienbar: jetzt auf Start klicken. In jedem Schritt vergleicht ein Diskriminator Ein-Schritt-Bilder mit echten, und die aufgetauten Gewichte lernen.</translation>
    </message>
    <message>
        <source>Watch it learn</source>
        <translation>Beim Lernen zusehen</translation>
    </message>
    <message>
        <source>G and D should hover, neither running away. The Fréchet distance falls: lower is better, the dotted line is where one step began. Click a step to pin it.</source>
        <translation>G und D sollten in der Schwebe bleiben, keiner davonlaufen. Die Fréchet-Distanz fällt: kleiner ist besser, die gepunktete Linie ist der Anfang. Ein Klick heftet einen Schritt an.</translation>
    </message>
    <message>
        <source>See the shapes come</source>
        <translation>Formen entstehen sehen</translation>
    </message>
    <message>
        <source>Ask why</source>
        <translation>Nach dem Warum fragen</translation>
    </message>
    <message>
        <source>How a block responds, by spatial frequency. Click a block in the tree, then compare Before, After and Change.</source>
        <translation>Wie ein Block antwortet, nach Ortsfrequenz. Im Baum einen Block anklicken, dann Vorher, Nachher und Änderung vergleichen.</translation>
    </message>
    <message>
        <source>Every run is kept</source>
        <translation>Jeder Lauf bleibt</translation>
    </message>
    <message>
        <source>Settings above, all runs below: tick some to draw their curves together. Each has a folder of its own and can be continued exactly where it stopped.</source>
        <translation>Oben die Einstellungen, unten alle Läufe: Haken zeichnen ihre Kurven zusammen. Jeder hat einen eigenen Ordner und lässt sich genau dort fortsetzen, wo er aufhörte.</translation>
    </message>
    <message>
        <source>Take it home</source>
        <translation>Mitnehmen</translation>
    </message>
    <message>
        <source>Every view exports figures with live text, and exactly the numbers drawn. F1 explains the view you are in. Have a good look around!</source>
        <translation>Jede Ansicht exportiert Abbildungen mit echtem Text und genau den gezeichneten Zahlen. F1 erklärt die Ansicht, in der man gerade ist. Viel Freude beim Umsehen!</translation>
    </message>
    <message>
        <source>A tick freezes a weight. The preset D2O-F freezes most convolutions (conv0, conv1, proj), 82 % of this network. Tick and untick as you like, also while a run goes on; undo works here.</source>
        <translation>Ein Haken friert ein Gewicht ein. Die Vorlage D2O-F friert die meisten Faltungen ein (conv0, conv1, proj), 82 % dieses Netzes. Haken lassen sich jederzeit setzen und lösen, auch während ein Lauf läuft; Rückgängig geht hier.</translation>
    </message>
    <message>
        <source>Shapes come in the right column within the first thousand images or so. W wipes between two columns, D shows their difference, the wheel magnifies, dragging an image walks through the latents.</source>
        <translation>In der rechten Spalte erscheinen Formen etwa in den ersten tausend Bildern. W wischt zwischen zwei Spalten, D zeigt ihre Differenz, das Rad vergrößert, ein Bild ziehen wandert durch die Latenten.</translation>
    </message>
</context>
<context>
    <name>thaw::HelpWindow</name>
    <message>
        <source>Thaw help</source>
        <translation>Hilfe zu Thaw</translation>
    </message>
    <message>
        <source>Help page</source>
        <translation>Hilfeseite</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Thaw %1&lt;/h3&gt;&lt;p&gt;Unlocks one-step generation in pre-trained diffusion models: a short GAN fine-tuning turns the denoiser into a one-step generator while most of its weights stay frozen.&lt;/p&gt;&lt;p&gt;Built with Qt %2, LibTorch, QCustomPlot and FFTW.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. There is no warranty.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Thaw %1&lt;/h3&gt;&lt;p&gt;Legt die Ein-Schritt-Erzeugung in vortrainierten Diffusionsmodellen frei: Ein kurzes GAN-Nachtraining macht aus dem Entrauscher einen Ein-Schritt-Generator, während die meisten Gewichte eingefroren bleiben.&lt;/p&gt;&lt;p&gt;Gebaut mit Qt %2, LibTorch, QCustomPlot und FFTW.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später. Es gibt keine Gewährleistung.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>thaw::KnownRuns</name>
    <message>
        <source>%1 kimg</source>
        <translation>%1 kimg</translation>
    </message>
    <message>
        <source>import of %1</source>
        <translation>Import von %1</translation>
    </message>
</context>
<context>
    <name>thaw::LeavingGuard</name>
    <message>
        <source>The run could not be saved</source>
        <translation>Der Lauf konnte nicht gesichert werden</translation>
    </message>
    <message>
        <source>Leaving now loses what run %1 has learnt since its last snapshot.</source>
        <translation>Wer jetzt geht, verliert, was der Lauf %1 seit seinem letzten Schnappschuss gelernt hat.</translation>
    </message>
    <message>
        <source>Leave and lose it</source>
        <translation>Gehen und verlieren</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
</context>
<context>
    <name>thaw::MainToolBar</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Freeze level: which weights keep their pre-trained values (default: D2O-F)</source>
        <translation>Was eingefroren ist: Diese Gewichte behalten ihre vortrainierten Werte (Vorgabe: D2O-F)</translation>
    </message>
    <message>
        <source>Freeze preset</source>
        <translation>Einfriervorgabe</translation>
    </message>
    <message>
        <source>First seed of the samples and spectra (default: 0)</source>
        <translation>Erster Startwert der Bilder und Spektren (Vorgabe: 0)</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>First seed of the images</source>
        <translation>Erster Startwert der Bilder</translation>
    </message>
    <message>
        <source>Image seed</source>
        <translation>Bild-Startwert</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n Thread</numerusform>
            <numerusform>%n Threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::MainWindow</name>
    <message>
        <source>The language changes when Thaw is opened the next time.</source>
        <translation>Die Sprache wechselt, wenn Thaw das nächste Mal geöffnet wird.</translation>
    </message>
</context>
<context>
    <name>thaw::MeasureMenu</name>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Hann window</source>
        <translation>Hann-Fenster</translation>
    </message>
    <message>
        <source>Takes away the cross that the zero padding of convolutions leaves</source>
        <translation>Nimmt das Kreuz weg, das die Nullränder der Faltungen hinterlassen</translation>
    </message>
    <message>
        <source>Without each map&apos;s mean</source>
        <translation>Ohne das Mittel jeder Karte</translation>
    </message>
    <message>
        <source>Leaves only what varies inside a map</source>
        <translation>Lässt nur, was sich innerhalb einer Karte ändert</translation>
    </message>
    <message>
        <source>Samples as in StyleGAN3</source>
        <translation>Bilder wie in StyleGAN3</translation>
    </message>
    <message>
        <source>Whitened with the data&apos;s mean and deviation, Kaiser window (β = 8), zero-padded four times</source>
        <translation>Mit Mittel und Abweichung der Daten normiert, Kaiser-Fenster (β = 8), vierfach mit Nullen ergänzt</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Tuned generator</source>
        <translation>Angepasster Generator</translation>
    </message>
    <message>
        <source>Another model…</source>
        <translation>Anderes Modell …</translation>
    </message>
    <message>
        <source>Another model: %1…</source>
        <translation>Anderes Modell: %1 …</translation>
    </message>
</context>
<context>
    <name>thaw::MemoryWatch</name>
    <message>
        <source>%1 given back to the system</source>
        <translation>%1 dem System zurückgegeben</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>There was nothing to give back</source>
        <translation>Es gab nichts zurückzugeben</translation>
    </message>
    <message>
        <source>Nothing is lost; what is needed again is made again.</source>
        <translation>Nichts ist verloren; was wieder gebraucht wird, entsteht neu.</translation>
    </message>
</context>
<context>
    <name>thaw::Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo:</source>
        <translation>&amp;Rückgängig:</translation>
    </message>
    <message>
        <source>&amp;Redo:</source>
        <translation>&amp;Wiederholen:</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Arrangement</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>&amp;Training</translation>
    </message>
    <message>
        <source>F&amp;requency</source>
        <translation>F&amp;requenz</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>thaw::MessageStrip</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>thaw::ModelCardFile</name>
    <message>
        <source>Weights by kind</source>
        <translation>Gewichte nach Art</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>Freeze plan `%1`: %2 of %3 parameters are frozen (%4).</source>
        <translation>Einfrierplan `%1`: %2 von %3 Parametern sind eingefroren (%4).</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
</context>
<context>
    <name>thaw::ModelCardView</name>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>No model is open.</source>
        <translation>Kein Modell ist geöffnet.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Weights by kind</source>
        <translation>Gewichte nach Art</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 in %n tensor(s), %3 of all; %4 frozen</source>
        <translation>
            <numerusform>%1: %2 in %n Tensor, %3 von allen; %4 eingefroren</numerusform>
            <numerusform>%1: %2 in %n Tensoren, %3 von allen; %4 eingefroren</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 frozen</source>
        <translation>%1 eingefroren</translation>
    </message>
    <message>
        <source>learns</source>
        <translation>lernt</translation>
    </message>
    <message>
        <source>Class of the weights</source>
        <translation>Klasse der Gewichte</translation>
    </message>
    <message>
        <source>The file does not say how its network is made a denoiser. Another choice opens it again.</source>
        <translation>Die Datei sagt nicht, wie aus ihrem Netz ein Entrauscher wird. Eine andere Wahl öffnet sie neu.</translation>
    </message>
    <message>
        <source>Use the weights as</source>
        <translation>Gewichte verwenden als</translation>
    </message>
</context>
<context>
    <name>thaw::ModelCardWords</name>
    <message>
        <source>Image size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>Image channels</source>
        <translation>Bildkanäle</translation>
    </message>
    <message>
        <source>Output channels</source>
        <translation>Ausgabekanäle</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Augmentation labels</source>
        <translation>Augmentierungslabel</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Noise embedding</source>
        <translation>Rauscheinbettung</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>Decoder</translation>
    </message>
    <message>
        <source>Base channels</source>
        <translation>Grundkanäle</translation>
    </message>
    <message>
        <source>Channels per level, × base</source>
        <translation>Kanäle je Stufe, × Grundkanäle</translation>
    </message>
    <message>
        <source>Embedding width, × base</source>
        <translation>Breite der Einbettung, × Grundkanäle</translation>
    </message>
    <message>
        <source>Noise embedding width, × base</source>
        <translation>Breite der Rauscheinbettung, × Grundkanäle</translation>
    </message>
    <message>
        <source>Blocks per level</source>
        <translation>Blöcke je Stufe</translation>
    </message>
    <message>
        <source>Attention at</source>
        <translation>Attention bei</translation>
    </message>
    <message>
        <source>Resampling filter</source>
        <translation>Resampling-Filter</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Label dropout</source>
        <translation>Label-Dropout</translation>
    </message>
    <message>
        <source>Half precision</source>
        <translation>Halbe Genauigkeit</translation>
    </message>
    <message>
        <source>Deviation of the data, σ_data</source>
        <translation>Streuung der Daten, σ_data</translation>
    </message>
    <message>
        <source>Smallest noise level, σ_min</source>
        <translation>Kleinstes Rauschen, σ_min</translation>
    </message>
    <message>
        <source>Largest noise level, σ_max</source>
        <translation>Größtes Rauschen, σ_max</translation>
    </message>
    <message>
        <source>Boundary shift, ε</source>
        <translation>Randverschiebung, ε</translation>
    </message>
    <message>
        <source>Noise schedule, β_d</source>
        <translation>Rauschplan, β_d</translation>
    </message>
    <message>
        <source>Noise schedule, β_min</source>
        <translation>Rauschplan, β_min</translation>
    </message>
    <message>
        <source>Smallest time, ε_t</source>
        <translation>Kleinste Zeit, ε_t</translation>
    </message>
    <message>
        <source>Time steps, M</source>
        <translation>Zeitschritte, M</translation>
    </message>
    <message>
        <source>Noise schedule, C₁</source>
        <translation>Rauschplan, C₁</translation>
    </message>
    <message>
        <source>Noise schedule, C₂</source>
        <translation>Rauschplan, C₂</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>nirgends</translation>
    </message>
    <message>
        <source>network snapshot (pickle)</source>
        <translation>Netz-Schnappschuss (Pickle)</translation>
    </message>
    <message>
        <source>PyTorch checkpoint (zip)</source>
        <translation>PyTorch-Checkpoint (Zip)</translation>
    </message>
    <message>
        <source>PyTorch checkpoint (older format)</source>
        <translation>PyTorch-Checkpoint (älteres Format)</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>farbig</translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n Kanal</numerusform>
            <numerusform>%n Kanäle</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %1, %2</source>
        <translation>%1 × %1, %2</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>The published wrapper that turns the network into a denoiser</source>
        <translation>Die veröffentlichte Hülle, die aus dem Netz einen Entrauscher macht</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>none (unconditional)</source>
        <translation>keine (unbedingt)</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>being computed…</source>
        <translation>wird berechnet…</translation>
    </message>
    <message>
        <source>Images seen</source>
        <translation>Gesehene Bilder</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>According to the file&apos;s name</source>
        <translation>Laut Dateiname</translation>
    </message>
    <message>
        <source>Thousand training images, according to the file</source>
        <translation>Tausend Trainingsbilder, laut Datei</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Anmerkung</translation>
    </message>
    <message>
        <source>Part of Thaw: GPL-3.0-or-later. Trained from scratch on Fashion-MNIST (© Zalando SE, MIT licence).</source>
        <translation>Teil von Thaw: GPL-3.0-or-later. Von Grund auf an Fashion-MNIST trainiert (© Zalando SE, MIT-Lizenz).</translation>
    </message>
    <message>
        <source>The weights published with EDM and D2O are under CC BY-NC-SA 4.0: no commercial use, and what is made from them is shared alike. Your own snapshots are under your terms.</source>
        <translation>Die mit EDM und D2O veröffentlichten Gewichte stehen unter CC BY-NC-SA 4.0: keine kommerzielle Nutzung, und was daraus entsteht, wird unter gleichen Bedingungen weitergegeben. Für eigene Schnappschüsse gelten eigene Bedingungen.</translation>
    </message>
    <message>
        <source>The file says nothing about its licence.</source>
        <translation>Die Datei sagt nichts über ihre Lizenz.</translation>
    </message>
    <message>
        <source>First convolutions</source>
        <translation>Erste Faltungen</translation>
    </message>
    <message>
        <source>Second convolutions</source>
        <translation>Zweite Faltungen</translation>
    </message>
    <message>
        <source>Noise modulation</source>
        <translation>Rauschmodulation</translation>
    </message>
    <message>
        <source>Skip convolutions</source>
        <translation>Skip-Faltungen</translation>
    </message>
    <message>
        <source>Queries, keys, values</source>
        <translation>Queries, Keys, Values</translation>
    </message>
    <message>
        <source>Attention projections</source>
        <translation>Attention-Projektionen</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>Normen</translation>
    </message>
    <message>
        <source>Mapping network</source>
        <translation>Einbettungsnetz</translation>
    </message>
    <message>
        <source>Auxiliary outputs</source>
        <translation>Hilfsausgänge</translation>
    </message>
    <message>
        <source>Input and output</source>
        <translation>Ein- und Ausgang</translation>
    </message>
    <message>
        <source>%1 (assumed)</source>
        <translation>%1 (angenommen)</translation>
    </message>
    <message>
        <source>The file does not say its class. Choose another below, or name it in a .json of the same name beside the file: {&quot;class&quot;: &quot;VPPrecond&quot;}</source>
        <translation>Die Datei nennt ihre Klasse nicht. Wählen Sie unten eine andere oder nennen Sie sie in einer .json gleichen Namens neben der Datei: {&quot;class&quot;: &quot;VPPrecond&quot;}</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>The file holds several networks; not taken: %1</source>
        <translation>Die Datei enthält mehrere Netze; nicht genommen: %1</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>Nicht genommen</translation>
    </message>
    <message>
        <source>Tensors left out</source>
        <translation>Ausgelassene Tensoren</translation>
    </message>
    <message>
        <source>They lie beside the weights and are none of the network</source>
        <translation>Sie liegen neben den Gewichten und gehören nicht zum Netz</translation>
    </message>
    <message>
        <source>Part of Thaw: GPL-3.0-or-later. Trained from scratch on glyphs of Noto Color Emoji (© Google Inc., OFL 1.1).</source>
        <translation>Teil von Thaw: GPL-3.0-or-later. Von Grund auf an Zeichen von Noto Color Emoji trainiert (© Google Inc., OFL 1.1).</translation>
    </message>
</context>
<context>
    <name>thaw::ModelPage</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save card…</source>
        <translation>Karte sichern…</translation>
    </message>
    <message>
        <source>Copy the card as Markdown</source>
        <translation>Die Karte als Markdown kopieren</translation>
    </message>
    <message>
        <source>Save the card as Markdown or JSON</source>
        <translation>Die Karte als Markdown oder JSON sichern</translation>
    </message>
    <message>
        <source>Save model card</source>
        <translation>Modellkarte sichern</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Model &amp;card</source>
        <translation>Modell&amp;karte</translation>
    </message>
    <message>
        <source>What the model is made of, where it comes from, its licence</source>
        <translation>Woraus das Modell besteht, woher es kommt, seine Lizenz</translation>
    </message>
</context>
<context>
    <name>thaw::OpenedRunViews</name>
    <message>
        <source>its folder has not answered since %1</source>
        <translation>sein Ordner antwortet seit %1 nicht</translation>
    </message>
    <message>
        <source>its folder is gone; what is shown is its last state</source>
        <translation>sein Ordner ist fort; zu sehen ist sein letzter Stand</translation>
    </message>
    <message>
        <source>then: %1</source>
        <translation>zuletzt: %1</translation>
    </message>
    <message>
        <source>no snapshot yet, so no samples and spectra of its generator</source>
        <translation>noch kein Schnappschuss, also keine Bilder und Spektren seines Generators</translation>
    </message>
    <message>
        <source>shown: its snapshot at %1 kimg</source>
        <translation>zu sehen: sein Schnappschuss bei %1 kimg</translation>
    </message>
    <message>
        <source>newer: its snapshot at %1 kimg</source>
        <translation>neuer: sein Schnappschuss bei %1 kimg</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <translation>Lauf %1: %2</translation>
    </message>
</context>
<context>
    <name>thaw::Opening</name>
    <message>
        <source>A run is going. Stop it first; it is saved.</source>
        <translation>Ein Lauf ist im Gang. Zuerst anhalten; er wird gesichert.</translation>
    </message>
    <message>
        <source>%1 is neither a model nor a data set</source>
        <translation>%1 ist weder ein Modell noch ein Datensatz</translation>
    </message>
    <message>
        <source>Models are .safetensors, .pkl and .pt files and run folders; data sets are zips and folders of images, .npz, .npy, IDX and CIFAR files.</source>
        <translation>Modelle sind .safetensors-, .pkl- und .pt-Dateien und Laufordner; Datensätze sind Zips und Ordner mit Bildern, .npz-, .npy-, IDX- und CIFAR-Dateien.</translation>
    </message>
    <message>
        <source>Opening the built-in files…</source>
        <translation>Die eingebauten Dateien werden geöffnet…</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 wird geöffnet…</translation>
    </message>
    <message>
        <source>Opening %1 was cancelled</source>
        <translation>Das Öffnen von %1 wurde abgebrochen</translation>
    </message>
    <message>
        <source>What was open before stays open.</source>
        <translation>Was zuvor offen war, bleibt offen.</translation>
    </message>
    <message>
        <source>The run goes on, with a remark</source>
        <translation>Der Lauf geht weiter, mit einer Bemerkung</translation>
    </message>
    <message>
        <source>This is not the same run any more</source>
        <translation>Das ist nicht mehr derselbe Lauf</translation>
    </message>
    <message>
        <source>Continuing with what is open now is noted in the run folder. To go on with the same run, put back the files it was made with, or open them from where they are now, and continue again.</source>
        <translation>Wird mit dem fortgesetzt, was jetzt offen ist, so wird das im Ordner des Laufs vermerkt. Um denselben Lauf fortzusetzen, legen Sie die Dateien zurück, mit denen er gemacht wurde, oder öffnen Sie sie von ihrem jetzigen Ort, und setzen Sie erneut fort.</translation>
    </message>
    <message>
        <source>Continue anyway</source>
        <translation>Trotzdem fortsetzen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Nicht fortsetzen</translation>
    </message>
    <message>
        <source>Another machine computes, and does not see the files of this one.</source>
        <translation>Ein anderer Rechner rechnet, und der sieht die Dateien von diesem nicht.</translation>
    </message>
</context>
<context>
    <name>thaw::PanelList</name>
    <message>
        <source>Panels of the figure</source>
        <translation>Felder der Abbildung</translation>
    </message>
    <message>
        <source>Panels in reading order. Drag or Alt+Up and Alt+Down move one, Delete removes it, F2 renames it.</source>
        <translation>Felder in Lesefolge. Ziehen oder Alt+Auf und Alt+Ab verschieben, Entf entfernt, F2 benennt um.</translation>
    </message>
</context>
<context>
    <name>thaw::ProgressStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop reading; what is open stays open</source>
        <translation>Nicht weiterlesen; was offen ist, bleibt offen</translation>
    </message>
</context>
<context>
    <name>thaw::RatesDialog</name>
    <message>
        <source>Learning rates of %1</source>
        <translation>Lernraten von %1</translation>
    </message>
    <message>
        <source>&amp;Learning rate:</source>
        <translation>&amp;Lernrate:</translation>
    </message>
    <message>
        <source>&amp;Generator G:</source>
        <translation>&amp;Generator G:</translation>
    </message>
    <message>
        <source>&amp;Discriminator D:</source>
        <translation>&amp;Diskriminator D:</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie sie ist</translation>
    </message>
    <message>
        <source>Above 0 and at most 1; empty: it stays as it is</source>
        <translation>Über 0 und höchstens 1; leer: sie bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>From the next step on; a run that is continued keeps them.</source>
        <translation>Vom nächsten Schritt an; ein fortgesetzter Lauf behält sie.</translation>
    </message>
</context>
<context>
    <name>thaw::RemoteDialog</name>
    <message>
        <source>Open on another machine</source>
        <translation>Auf einem anderen Rechner öffnen</translation>
    </message>
    <message>
        <source>Models are sampled, measured and trained on that machine, over ssh; this window shows them. A run there goes on when the line breaks or the window closes.</source>
        <translation>Modelle werden auf jenem Rechner gezogen, gemessen und trainiert, über ssh; dieses Fenster zeigt sie. Ein Lauf dort geht weiter, wenn die Leitung abbricht oder das Fenster schließt.</translation>
    </message>
    <message>
        <source>As ssh knows it: a name of ~/.ssh/config, or user@machine. Port and key stand in ~/.ssh/config</source>
        <translation>Wie ssh ihn kennt: ein Name aus ~/.ssh/config oder benutzer@rechner. Port und Schlüssel stehen in ~/.ssh/config</translation>
    </message>
    <message>
        <source>user@machine</source>
        <translation>benutzer@rechner</translation>
    </message>
    <message>
        <source>thaw-cli where the shell there finds it, else its path, of a bundle ~/thaw-…/bin/thaw-cli</source>
        <translation>thaw-cli, wenn die Shell dort es findet, sonst sein Pfad, bei einem Bündel ~/thaw-…/bin/thaw-cli</translation>
    </message>
    <message>
        <source>What the machine answers</source>
        <translation>Was der Rechner antwortet</translation>
    </message>
    <message>
        <source>&amp;Machine:</source>
        <translation>&amp;Rechner:</translation>
    </message>
    <message>
        <source>&amp;Program there:</source>
        <translation>&amp;Programm dort:</translation>
    </message>
    <message>
        <source>&amp;Try</source>
        <translation>&amp;Probieren</translation>
    </message>
    <message>
        <source>Only greets the machine and says what is there</source>
        <translation>Grüßt den Rechner nur und sagt, was dort ist</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>From now on that machine computes</source>
        <translation>Von jetzt an rechnet jener Rechner</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>%1 wird gefragt…</translation>
    </message>
    <message>
        <source>%1 answers: %2 %3</source>
        <translation>%1 antwortet: %2 %3</translation>
    </message>
</context>
<context>
    <name>thaw::RemoteHost</name>
    <message>
        <source>Name the other machine.</source>
        <translation>Bitte den anderen Rechner nennen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no name of a machine.</source>
        <translation>„%1“ ist kein Name eines Rechners.</translation>
    </message>
    <message>
        <source>Name the program there; usually it is thaw-cli.</source>
        <translation>Bitte das Programm dort nennen; gewöhnlich ist es thaw-cli.</translation>
    </message>
</context>
<context>
    <name>thaw::RemoteLine</name>
    <message>
        <source>&apos;%1&apos; cannot be started</source>
        <translation>„%1“ lässt sich nicht starten</translation>
    </message>
    <message>
        <source>Install the client of OpenSSH on this machine.</source>
        <translation>Bitte den Client von OpenSSH auf diesem Rechner installieren.</translation>
    </message>
    <message>
        <source>Nothing was heard of %1 for %2 seconds</source>
        <translation>Von %1 war %2 Sekunden lang nichts zu hören</translation>
    </message>
    <message>
        <source>A run there goes on without this window.</source>
        <translation>Ein Lauf dort geht ohne dieses Fenster weiter.</translation>
    </message>
    <message>
        <source>%1 cannot be understood</source>
        <translation>%1 ist nicht zu verstehen</translation>
    </message>
    <message>
        <source>The line to %1 is broken</source>
        <translation>Die Leitung zu %1 ist unterbrochen</translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <translation>%1 ist nicht zu erreichen</translation>
    </message>
    <message>
        <source>%1 does not answer as Thaw</source>
        <translation>%1 antwortet nicht wie Thaw</translation>
    </message>
    <message>
        <source>Name the program with its path there.</source>
        <translation>Bitte das Programm mit seinem Pfad dort nennen.</translation>
    </message>
    <message>
        <source>Log in once in a terminal: ssh %1. Keys and an agent are needed, passwords are not asked for.</source>
        <translation>Einmal in einem Terminal anmelden: ssh %1. Nötig sind Schlüssel und ein Agent, nach Passwörtern wird nicht gefragt.</translation>
    </message>
    <message>
        <source>Try it in a terminal: ssh %1 %2 --version</source>
        <translation>In einem Terminal probieren: ssh %1 %2 --version</translation>
    </message>
    <message>
        <source>The engine on %1 was ended there</source>
        <translation>Der Rechenprozess auf %1 wurde dort beendet</translation>
    </message>
    <message>
        <source>Another window took its run over, or somebody ended it; a run was saved before.</source>
        <translation>Ein anderes Fenster hat seinen Lauf übernommen, oder jemand hat ihn beendet; ein Lauf wurde vorher gespeichert.</translation>
    </message>
</context>
<context>
    <name>thaw::RunActions</name>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>Start a run with these settings, in a folder of its own</source>
        <translation>Einen Lauf mit diesen Einstellungen starten, in einem eigenen Ordner</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>S&amp;top and save</source>
        <translation>&amp;Anhalten und sichern</translation>
    </message>
    <message>
        <source>End the run and save it; it can be continued later</source>
        <translation>Den Lauf beenden und sichern; er kann später fortgesetzt werden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>&amp;One step</source>
        <translation>&amp;Ein Schritt</translation>
    </message>
    <message>
        <source>One step of a paused run: generator, then discriminator</source>
        <translation>Ein Schritt eines angehaltenen Laufs: Generator, dann Diskriminator</translation>
    </message>
    <message>
        <source>Step &amp;G alone</source>
        <translation>Schritt nur &amp;G</translation>
    </message>
    <message>
        <source>One step of a paused run for the generator G alone</source>
        <translation>Ein Schritt eines angehaltenen Laufs nur für den Generator G</translation>
    </message>
    <message>
        <source>Step &amp;D alone</source>
        <translation>Schritt nur &amp;D</translation>
    </message>
    <message>
        <source>One step of a paused run for the discriminator D alone</source>
        <translation>Ein Schritt eines angehaltenen Laufs nur für den Diskriminator D</translation>
    </message>
    <message>
        <source>G</source>
        <translation>G</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>&amp;Save snapshot</source>
        <translation>&amp;Schnappschuss sichern</translation>
    </message>
    <message>
        <source>Save the run now, so that it can be continued from here</source>
        <translation>Den Lauf jetzt sichern, sodass er von hier aus fortgesetzt werden kann</translation>
    </message>
    <message>
        <source>Fréchet distance of the one-step generator as it is now</source>
        <translation>Fréchet-Distanz des Ein-Schritt-Generators, wie er jetzt ist</translation>
    </message>
    <message>
        <source>Open &amp;runs folder</source>
        <translation>&amp;Ordner der Läufe öffnen</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Go on with the run</source>
        <translation>Mit dem Lauf weitermachen</translation>
    </message>
    <message>
        <source>Hold the run after the step in progress</source>
        <translation>Den Lauf nach dem laufenden Schritt anhalten</translation>
    </message>
    <message>
        <source>&amp;Measure distance now</source>
        <translation>Distanz jetzt &amp;messen</translation>
    </message>
    <message>
        <source>&amp;Watch a folder…</source>
        <translation>Ordner &amp;beobachten…</translation>
    </message>
    <message>
        <source>List the runs of another folder too, also of one on another machine that is mounted here, and follow them as they go on</source>
        <translation>Auch die Läufe eines weiteren Ordners aufnehmen, auch eines hier eingehängten von einem anderen Rechner, und ihnen folgen, während sie weitergehen</translation>
    </message>
</context>
<context>
    <name>thaw::RunComparison</name>
    <message>
        <source>; %1 from %2 kimg</source>
        <translation>; %1 ab %2 kimg</translation>
    </message>
    <message>
        <source>%1 at %2 kimg</source>
        <translation>%1 bei %2 kimg</translation>
    </message>
    <message>
        <source>Comparison of %1</source>
        <translation>Vergleich von %1</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Add as columns</source>
        <translation>Als Spalten hinzufügen</translation>
    </message>
    <message>
        <source>Show these runs in the sample grid, beside the original</source>
        <translation>Diese Läufe im Bildraster neben dem Original zeigen</translation>
    </message>
    <message>
        <source>This run has no generator to show.</source>
        <translation>Dieser Lauf hat keinen Generator zu zeigen.</translation>
    </message>
    <message>
        <source>sampling…</source>
        <translation>zieht …</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Numbers and settings of the runs</source>
        <translation>Zahlen und Einstellungen der Läufe</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>Images seen (kimg)</source>
        <translation>Gesehene Bilder (kimg)</translation>
    </message>
    <message>
        <source>Lowest distance</source>
        <translation>Kleinste Distanz</translation>
    </message>
    <message>
        <source>Newest distance</source>
        <translation>Neueste Distanz</translation>
    </message>
    <message>
        <source>Measured with</source>
        <translation>Gemessen mit</translation>
    </message>
    <message>
        <source>Kernel distance</source>
        <translation>Kerneldistanz</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precision</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Recall</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Abweichende Einstellungen</translation>
    </message>
    <message>
        <source>The runs have the same settings.</source>
        <translation>Die Läufe haben dieselben Einstellungen.</translation>
    </message>
    <message numerus="yes">
        <source>%n settings differ; all others are the same.</source>
        <translation>
            <numerusform>%n Einstellung weicht ab; alle anderen sind gleich.</numerusform>
            <numerusform>%n Einstellungen weichen ab; alle anderen sind gleich.</numerusform>
        </translation>
    </message>
    <message>
        <source>The distances are of different kinds, numbers of images or references, and do not compare.</source>
        <translation>Die Distanzen haben verschiedene Art, Bildzahl oder Bezüge und sind nicht vergleichbar.</translation>
    </message>
    <message>
        <source>The settings of imports are not known.</source>
        <translation>Die Einstellungen von Importen sind nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>thaw::RunFolders</name>
    <message>
        <source>%1 is the open run. Open another model first.</source>
        <translation>%1 ist der offene Lauf. Zuerst ein anderes Modell öffnen.</translation>
    </message>
    <message>
        <source>Another process is writing %1. Wait until it has ended.</source>
        <translation>Ein anderer Prozess schreibt %1. Warten, bis er geendet hat.</translation>
    </message>
    <message>
        <source>A run needs a name.</source>
        <translation>Ein Lauf braucht einen Namen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; would be hidden: begin with another sign.</source>
        <translation>„%1“ wäre versteckt: mit einem anderen Zeichen beginnen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be the name of a folder: leave out / and \.</source>
        <translation>„%1“ kann kein Ordner heißen: / und \ weglassen.</translation>
    </message>
    <message>
        <source>There is a &apos;%1&apos; already. Choose another name.</source>
        <translation>Es gibt schon „%1“. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; could not be renamed. Check who may write in %2.</source>
        <translation>„%1“ ließ sich nicht umbenennen. Prüfen, wer in %2 schreiben darf.</translation>
    </message>
    <message>
        <source>%1 stays where it is: the desktop offers no trash for this place. Delete it in the file manager.</source>
        <translation>%1 bleibt, wo er ist: Für diesen Ort hat der Desktop keinen Papierkorb. Im Dateiverwalter löschen.</translation>
    </message>
    <message>
        <source>%1 keeps its name</source>
        <translation>%1 behält seinen Namen</translation>
    </message>
    <message>
        <source>Rename run</source>
        <translation>Lauf umbenennen</translation>
    </message>
    <message>
        <source>Name of the run:</source>
        <translation>Name des Laufs:</translation>
    </message>
    <message>
        <source>%1 stays where it is</source>
        <translation>%1 bleibt, wo er ist</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Move %1 to the trash?</source>
        <translation>%1 in den Papierkorb legen?</translation>
    </message>
    <message>
        <source>Snapshots, curves and images go with it. The trash gives them back until it is emptied.</source>
        <translation>Schnappschüsse, Kurven und Bilder gehen mit. Der Papierkorb gibt sie zurück, bis er geleert wird.</translation>
    </message>
    <message>
        <source>Export the table of runs</source>
        <translation>Tabelle der Läufe exportieren</translation>
    </message>
    <message>
        <source>The table was not written</source>
        <translation>Die Tabelle wurde nicht geschrieben</translation>
    </message>
    <message>
        <source>%1 belongs to another program and is only read. Change it in the file manager.</source>
        <translation>%1 gehört zu einem anderen Programm und wird nur gelesen. Ändern lässt es sich in der Dateiverwaltung.</translation>
    </message>
    <message>
        <source>Draw the curves of a run of EDM, D2O or StyleGAN: its folder</source>
        <translation>Kurven eines Laufs von EDM, D2O oder StyleGAN zeichnen: sein Ordner</translation>
    </message>
</context>
<context>
    <name>thaw::RunForm</name>
    <message>
        <source>Default: %1</source>
        <translation>Vorgabe: %1</translation>
    </message>
    <message>
        <source>Back to the default, %1</source>
        <translation>Zurück zur Vorgabe, %1</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>Settings of the run</source>
        <translation>Einstellungen des Laufs</translation>
    </message>
    <message>
        <source>These settings are fixed while the run is going.</source>
        <translation>Diese Einstellungen stehen fest, solange der Lauf geht.</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Show the settings that rarely need changing</source>
        <translation>Die Einstellungen zeigen, die man selten ändert</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>Erweiterte Einstellungen</translation>
    </message>
    <message>
        <source>is “%1”, which is not a number that fits</source>
        <translation>ist „%1“, und das ist keine passende Zahl</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>a field and what is wrong with it: &quot;Batch is 4, must be 8 to 65536 images&quot;</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Settings to start from: ours for the embedded model, or the published ones of a data set. The freeze plan stays as it is</source>
        <translation>Einstellungen als Ausgangspunkt: unsere für das eingebettete Modell oder die veröffentlichten eines Datensatzes. Der Gefrierplan bleibt, wie er ist</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Settings of your own; a preset brings known ones back.</source>
        <translation>Eigene Einstellungen; eine Vorlage bringt bekannte zurück.</translation>
    </message>
</context>
<context>
    <name>thaw::RunPage</name>
    <message>
        <source>A setting of the run needs another value.</source>
        <translation>Eine Einstellung des Laufs braucht einen anderen Wert.</translation>
    </message>
    <message>
        <source>Without a measure: no distance, no best snapshot. Name features under Advanced to have them.</source>
        <translation>Ohne Maß: keine Distanz, kein bester Schnappschuss. Unter Erweitert lassen sich Merkmale nennen.</translation>
    </message>
    <message>
        <source>Measured by FD with the built-in classifier.</source>
        <translation>Gemessen als FD mit dem eingebauten Klassifikator.</translation>
    </message>
    <message>
        <source>Measured by FWD, the Fréchet wavelet distance (level %1); kernel distance, precision and recall need a feature network.</source>
        <translation>Gemessen als FWD, die Fréchet-Wavelet-Distanz (Stufe %1); Kerneldistanz, Precision und Recall brauchen ein Merkmalsnetz.</translation>
    </message>
    <message>
        <source>Measured by FD with the features of %1.</source>
        <translation>Gemessen als FD mit den Merkmalen von %1.</translation>
    </message>
    <message>
        <source>The runs lie on another machine, where this cannot be done yet.</source>
        <translation>Die Läufe liegen auf einem anderen Rechner, dort geht das noch nicht.</translation>
    </message>
    <message>
        <source>Take the run over</source>
        <translation>Lauf übernehmen</translation>
    </message>
    <message>
        <source>Another process goes on with run %1.</source>
        <translation>Ein anderer Prozess setzt Lauf %1 fort.</translation>
    </message>
    <message>
        <source>Taken over, it is saved there, that process ends, and the run goes on in this window.</source>
        <translation>Beim Übernehmen wird er dort gespeichert, jener Prozess endet, und der Lauf geht in diesem Fenster weiter.</translation>
    </message>
    <message>
        <source>&amp;Take it over</source>
        <translation>&amp;Übernehmen</translation>
    </message>
</context>
<context>
    <name>thaw::RunReport</name>
    <message>
        <source>Thaw</source>
        <translation>Thaw</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>Modell öffnen …</translation>
    </message>
    <message>
        <source>Open data set…</source>
        <translation>Datensatz öffnen …</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>Run %1 is finished: %2</source>
        <translation>Lauf %1 ist fertig: %2</translation>
    </message>
    <message>
        <source>Run %1 is stopped and saved at %2</source>
        <translation>Lauf %1 ist angehalten und gesichert bei %2</translation>
    </message>
    <message>
        <source>The list of runs can continue it.</source>
        <translation>Die Liste der Läufe kann ihn fortsetzen.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>Eingebautes Modell nehmen</translation>
    </message>
    <message>
        <source>Use the built-in data</source>
        <translation>Eingebaute Daten nehmen</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Opened %1, with remarks</source>
        <translation>%1 geöffnet, mit Anmerkungen</translation>
    </message>
    <message>
        <source>Run %1 is finished</source>
        <translation>Lauf %1 ist fertig</translation>
    </message>
    <message>
        <source>Run %1 failed</source>
        <translation>Lauf %1 ist gescheitert</translation>
    </message>
    <message>
        <source>Run %1 diverged</source>
        <translation>Lauf %1 ist divergiert</translation>
    </message>
    <message>
        <source>%1 at one step: %2 before, %3 after.</source>
        <translation>%1 in einem Schritt: vorher %2, nachher %3.</translation>
    </message>
    <message>
        <source>The data set of run %1 is not open</source>
        <translation>Der Datensatz von Lauf %1 ist nicht offen</translation>
    </message>
    <message>
        <source>Real images and distances are those of the data set that is open.</source>
        <translation>Echte Bilder und Distanzen sind die des offenen Datensatzes.</translation>
    </message>
    <message>
        <source>What is open now is the run&apos;s generator alone, without an original beside it.</source>
        <translation>Offen ist nun der Generator des Laufs allein, ohne Original daneben.</translation>
    </message>
    <message>
        <source>Choose the file where it is now, and both are shown.</source>
        <translation>Wählen Sie die Datei an ihrem neuen Ort, dann erscheinen beide.</translation>
    </message>
    <message>
        <source>The model that run %1 was made from is not where it was</source>
        <translation>Das Modell, aus dem Lauf %1 entstand, ist nicht mehr an seinem Ort</translation>
    </message>
    <message>
        <source>The model that run %1 was made from has changed since</source>
        <translation>Das Modell, aus dem Lauf %1 entstand, hat sich seither geändert</translation>
    </message>
    <message>
        <source>Choose an unchanged copy; or the same file, to see it as the original all the same.</source>
        <translation>Wählen Sie eine unveränderte Kopie; oder dieselbe Datei, um sie trotzdem als Original zu sehen.</translation>
    </message>
    <message>
        <source>Run %1 does not record which model it was made from</source>
        <translation>Lauf %1 hält nicht fest, aus welchem Modell er entstand</translation>
    </message>
    <message>
        <source>Choose that model, and both are shown.</source>
        <translation>Wählen Sie dieses Modell, dann erscheinen beide.</translation>
    </message>
    <message>
        <source>The original is not the recorded model of run %1</source>
        <translation>Das Original ist nicht das festgehaltene Modell von Lauf %1</translation>
    </message>
    <message>
        <source>%1 was chosen; its checksum is not the recorded one.</source>
        <translation>%1 wurde gewählt; die Prüfsumme ist nicht die festgehaltene.</translation>
    </message>
    <message>
        <source>Choose the model…</source>
        <translation>Modell wählen…</translation>
    </message>
    <message>
        <source>Pre-training %1 has saved no snapshot yet</source>
        <translation>Das Vortraining %1 hat noch keinen Schnappschuss gesichert</translation>
    </message>
    <message>
        <source>Its curves are drawn; the open model stays.</source>
        <translation>Seine Kurven sind gezeichnet; das offene Modell bleibt.</translation>
    </message>
    <message>
        <source>It can be opened as a model from its first snapshot on.</source>
        <translation>Ab seinem ersten Schnappschuss lässt es sich als Modell öffnen.</translation>
    </message>
    <message>
        <source>Run %1 has saved no snapshot yet</source>
        <translation>Lauf %1 hat noch keinen Schnappschuss gesichert</translation>
    </message>
    <message>
        <source>Its settings and curves are shown, and the model that it was made from.</source>
        <translation>Zu sehen sind seine Einstellungen und Kurven und das Modell, aus dem er entstand.</translation>
    </message>
    <message>
        <source>Its settings and curves are shown. The model that it was made from is not where it was: %1</source>
        <translation>Zu sehen sind seine Einstellungen und Kurven. Das Modell, aus dem er entstand, ist nicht mehr, wo es war: %1</translation>
    </message>
    <message>
        <source>Samples and spectra of its own can be shown from its first snapshot on.</source>
        <translation>Eigene Bilder und Spektren gibt es ab seinem ersten Schnappschuss.</translation>
    </message>
</context>
<context>
    <name>thaw::RunSamplesWindow</name>
    <message>
        <source>Samples of a run</source>
        <translation>Bilder eines Laufs</translation>
    </message>
    <message>
        <source>Samples of run %1</source>
        <translation>Bilder des Laufs %1</translation>
    </message>
    <message>
        <source>Run %1 after %2 kimg, seeds from 0 on, as the run wrote them</source>
        <translation>Lauf %1 nach %2 kimg, Startwerte ab 0, wie der Lauf sie schrieb</translation>
    </message>
    <message>
        <source>Run %1 before its first step, seeds from 0 on, as the run wrote them</source>
        <translation>Lauf %1 vor seinem ersten Schritt, Startwerte ab 0, wie der Lauf sie schrieb</translation>
    </message>
</context>
<context>
    <name>thaw::RunSteerer</name>
    <message>
        <source>The run is still beginning.</source>
        <translation>Der Lauf beginnt noch.</translation>
    </message>
    <message>
        <source>The run is running.</source>
        <translation>Der Lauf läuft.</translation>
    </message>
    <message>
        <source>The run is about to pause.</source>
        <translation>Der Lauf hält gerade an.</translation>
    </message>
    <message>
        <source>The run is paused.</source>
        <translation>Der Lauf ist angehalten.</translation>
    </message>
    <message>
        <source>The run is being saved and ends.</source>
        <translation>Der Lauf wird gesichert und endet.</translation>
    </message>
    <message>
        <source>The run has ended.</source>
        <translation>Der Lauf ist zu Ende.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Stop and save…</source>
        <translation>Beenden und speichern…</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>Schnappschuss speichern</translation>
    </message>
    <message>
        <source>Give it this freeze plan</source>
        <translation>Ihm diesen Plan geben</translation>
    </message>
    <message>
        <source>Learning rates…</source>
        <translation>Lernraten…</translation>
    </message>
    <message>
        <source>The Thaw on the other machine cannot be asked for this. Install this version there.</source>
        <translation>Thaw auf dem anderen Rechner kann darum nicht gebeten werden. Installieren Sie dort diese Version.</translation>
    </message>
    <message>
        <source>The window has left that machine before there was an answer.</source>
        <translation>Das Fenster hat jenen Rechner verlassen, bevor eine Antwort kam.</translation>
    </message>
    <message>
        <source>From its next step on: %1</source>
        <translation>Von seinem nächsten Schritt an: %1</translation>
    </message>
    <message>
        <source>No process of Thaw writes this run.</source>
        <translation>Kein Prozess von Thaw schreibt diesen Lauf.</translation>
    </message>
    <message>
        <source>It is the run of this window: the toolbar has its buttons.</source>
        <translation>Es ist der Lauf dieses Fensters: seine Knöpfe sind in der Werkzeugleiste.</translation>
    </message>
    <message>
        <source>There is no connection to the other machine.</source>
        <translation>Es gibt keine Verbindung zum anderen Rechner.</translation>
    </message>
    <message>
        <source>Its folder does not answer.</source>
        <translation>Sein Ordner antwortet nicht.</translation>
    </message>
    <message>
        <source>No process writes this run.</source>
        <translation>Kein Prozess schreibt diesen Lauf.</translation>
    </message>
    <message>
        <source>It was asked for something and has not answered yet.</source>
        <translation>Er wurde um etwas gebeten und hat noch nicht geantwortet.</translation>
    </message>
    <message>
        <source>Its process has not said yet how the run stands.</source>
        <translation>Sein Prozess hat noch nicht gesagt, wie es um den Lauf steht.</translation>
    </message>
    <message>
        <source>A pre-training has no freeze plan.</source>
        <translation>Ein Vortraining hat keinen Plan.</translation>
    </message>
    <message>
        <source>There is no model whose blocks could be frozen.</source>
        <translation>Es gibt kein Modell, dessen Blöcke eingefroren werden könnten.</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>Beenden und speichern</translation>
    </message>
    <message>
        <source>Stop the run %1?</source>
        <translation>Den Lauf %1 beenden?</translation>
    </message>
    <message>
        <source>It is saved, and its process ends. It can be continued from exactly there.</source>
        <translation>Er wird gesichert, und sein Prozess endet. Er kann von genau dort fortgesetzt werden.</translation>
    </message>
    <message>
        <source>&amp;Stop and save</source>
        <translation>&amp;Beenden und speichern</translation>
    </message>
    <message>
        <source>The answer was not understood.</source>
        <translation>Die Antwort wurde nicht verstanden.</translation>
    </message>
    <message>
        <source>The line to the other machine broke before there was an answer, and was broken for long.</source>
        <translation>Die Leitung zum anderen Rechner brach, bevor eine Antwort kam, und war lange gebrochen.</translation>
    </message>
    <message>
        <source>Run %1 was not steered</source>
        <translation>Lauf %1 wurde nicht gesteuert</translation>
    </message>
    <message>
        <source>Run %1 has answered</source>
        <translation>Lauf %1 hat geantwortet</translation>
    </message>
</context>
<context>
    <name>thaw::RunWords</name>
    <message>
        <source>another machine</source>
        <translation>einem anderen Rechner</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>divergiert</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>no sign of life from %1 since %2</source>
        <translation>kein Lebenszeichen von %1 seit %2</translation>
    </message>
    <message>
        <source>paused on %1</source>
        <translation>pausiert auf %1</translation>
    </message>
    <message>
        <source>running on %1</source>
        <translation>läuft auf %1</translation>
    </message>
    <message>
        <source>running on %1 since %2</source>
        <translation>läuft auf %1 seit %2</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>process %1</source>
        <translation>Prozess %1</translation>
    </message>
    <message>
        <source>%1 images/s</source>
        <translation>%1 Bilder/s</translation>
    </message>
</context>
<context>
    <name>thaw::RunsList</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Open the newest generator of this run as the model</source>
        <translation>Den neuesten Generator dieses Laufs als Modell öffnen</translation>
    </message>
    <message>
        <source>Go on with this run from its newest snapshot</source>
        <translation>Diesen Lauf ab seinem neuesten Schnappschuss fortsetzen</translation>
    </message>
    <message>
        <source>%1 (open)</source>
        <translation>%1 (offen)</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Eingefroren</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Best distance</source>
        <translation>Beste Distanz</translation>
    </message>
    <message>
        <source>freeze plan %1 from %2 kimg</source>
        <translation>Plan %1 ab %2 kimg</translation>
    </message>
    <message>
        <source>Tick runs to draw their curves beside the open one and to compare them; right-click for more.
%1</source>
        <translation>Läufe ankreuzen, um ihre Kurven neben die des offenen zu zeichnen und sie zu vergleichen; Rechtsklick für mehr.
%1</translation>
    </message>
    <message>
        <source>Show pictures, numbers and different settings of the ticked runs side by side</source>
        <translation>Bilder, Zahlen und verschiedene Einstellungen der angekreuzten Läufe nebeneinander</translation>
    </message>
    <message>
        <source>More that can be done with the chosen runs</source>
        <translation>Was sich mit den gewählten Läufen noch tun lässt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>Open as the model</source>
        <translation>Als Modell öffnen</translation>
    </message>
    <message>
        <source>Add as column of the samples</source>
        <translation>Als Spalte der Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Move to the trash…</source>
        <translation>In den Papierkorb…</translation>
    </message>
    <message>
        <source>Export the table…</source>
        <translation>Tabelle exportieren…</translation>
    </message>
    <message>
        <source>The curves of %1 cannot be drawn</source>
        <translation>Die Kurven von %1 lassen sich nicht zeichnen</translation>
    </message>
    <message>
        <source>The curves of %1 are drawn: %2</source>
        <translation>Die Kurven von %1 sind gezeichnet: %2</translation>
    </message>
    <message>
        <source>Draw curves of EDM, D2O or StyleGAN…</source>
        <translation>Kurven von EDM, D2O oder StyleGAN zeichnen…</translation>
    </message>
    <message>
        <source>Take the import off the list</source>
        <translation>Import von der Liste nehmen</translation>
    </message>
    <message>
        <source>The line to that folder is broken, or it is not mounted. It is tried again all the time, and goes on by itself.</source>
        <translation>Die Leitung zu diesem Ordner ist unterbrochen, oder er ist nicht eingehängt. Er wird immer wieder versucht, und es geht von selbst weiter.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Newest distance</source>
        <translation>Neueste Distanz</translation>
    </message>
    <message>
        <source>What the process that writes the run does, or how it ended, looked at every second or so</source>
        <translation>Was der Prozess tut, der den Lauf schreibt, oder wie der Lauf endete; etwa jede Sekunde angesehen</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>run in folder</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>at %1 kimg</source>
        <translation>bei %1 kimg</translation>
    </message>
    <message>
        <source>no answer since %1</source>
        <translation>keine Antwort seit %1</translation>
    </message>
    <message>
        <source>At that time: %1</source>
        <translation>Damals: %1</translation>
    </message>
    <message>
        <source>Watch a folder: one of runs, or a run</source>
        <translation>Ordner beobachten: einen von Läufen, oder einen Lauf</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Ordner beobachten…</translation>
    </message>
    <message>
        <source>Watch %1 no more</source>
        <translation>%1 nicht mehr beobachten</translation>
    </message>
    <message>
        <source>These runs lie on another machine, where this cannot be done yet.</source>
        <translation>Diese Läufe liegen auf einem anderen Rechner, dort geht das noch nicht.</translation>
    </message>
    <message>
        <source>Steer</source>
        <translation>Steuern</translation>
    </message>
</context>
<context>
    <name>thaw::SampleColumns</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>Press Start: what the tuned generator makes of the same seeds appears here.</source>
        <translation>Starten drücken: Was der nachtrainierte Generator aus denselben Startwerten macht, erscheint hier.</translation>
    </message>
    <message>
        <source>sampling…</source>
        <translation>zieht …</translation>
    </message>
    <message>
        <source>%1 · snapshot at %2 kimg</source>
        <translation>%1 · Schnappschuss bei %2 kimg</translation>
    </message>
</context>
<context>
    <name>thaw::SampleGrid</name>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Seeds %1 in the same places</source>
        <translation>Startwerte %1 an denselben Stellen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>No samples yet</source>
        <translation>Noch keine Bilder</translation>
    </message>
    <message>
        <source>images %1</source>
        <translation>Bilder %1</translation>
    </message>
    <message>
        <source>seed %1 is selected</source>
        <translation>Startwert %1 ist gewählt</translation>
    </message>
    <message>
        <source>left: %1</source>
        <translation>links: %1</translation>
    </message>
    <message>
        <source>minus %1</source>
        <translation>minus %1</translation>
    </message>
    <message>
        <source>by PSNR, largest first</source>
        <translation>nach PSNR, größte zuerst</translation>
    </message>
    <message>
        <source>by PSNR of %1 against %2, largest first</source>
        <translation>nach PSNR von %1 gegen %2, größte zuerst</translation>
    </message>
    <message>
        <source>by sharpness of %1, largest first</source>
        <translation>nach Schärfe von %1, größte zuerst</translation>
    </message>
</context>
<context>
    <name>thaw::SampleMenus</name>
    <message>
        <source>Original, more steps</source>
        <translation>Original, mehr Schritte</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>Original, one step</source>
        <translation>Original, ein Schritt</translation>
    </message>
    <message>
        <source>Tuned generator</source>
        <translation>Angepasster Generator</translation>
    </message>
    <message>
        <source>Real data</source>
        <translation>Echte Bilder</translation>
    </message>
    <message>
        <source>Another model…</source>
        <translation>Anderes Modell …</translation>
    </message>
    <message>
        <source>Back to three columns</source>
        <translation>Zurück zu drei Spalten</translation>
    </message>
    <message>
        <source>Samples of another run</source>
        <translation>Bilder eines anderen Laufs</translation>
    </message>
    <message>
        <source>Samples of another model</source>
        <translation>Bilder eines anderen Modells</translation>
    </message>
    <message>
        <source>Reference for all columns</source>
        <translation>Bezug für alle Spalten</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Remove column</source>
        <translation>Spalte entfernen</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy seed %1</source>
        <translation>Startwert %1 kopieren</translation>
    </message>
    <message>
        <source>Save image…</source>
        <translation>Bild sichern …</translation>
    </message>
    <message>
        <source>Follow its trajectory</source>
        <translation>Seinem Verlauf folgen</translation>
    </message>
    <message>
        <source>Save image</source>
        <translation>Bild sichern</translation>
    </message>
    <message>
        <source>Original, as trained</source>
        <translation>Original, wie trainiert</translation>
    </message>
    <message>
        <source>A run of another folder…</source>
        <translation>Ein Lauf aus einem anderen Ordner…</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Another machine computes, and does not see the files of this one.</source>
        <translation>Ein anderer Rechner rechnet, und der sieht die Dateien von diesem nicht.</translation>
    </message>
</context>
<context>
    <name>thaw::SaveReport</name>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>%1 could not be written</source>
        <translation>%1 ließ sich nicht schreiben</translation>
    </message>
    <message>
        <source>What is on screen does not answer the present settings yet; its computing goes on, as the status line shows.</source>
        <translation>Das Gezeigte passt noch nicht zu den jetzigen Einstellungen; die Berechnung läuft, siehe Statuszeile.</translation>
    </message>
    <message>
        <source>The panel is added as soon as what it shows is computed</source>
        <translation>Das Feld wird hinzugefügt, sobald das Gezeigte berechnet ist</translation>
    </message>
    <message>
        <source>%1 is written as soon as what it shows is computed</source>
        <translation>%1 wird geschrieben, sobald das Gezeigte berechnet ist</translation>
    </message>
    <message>
        <source>The panel could not be added to the figure</source>
        <translation>Das Feld ließ sich der Abbildung nicht hinzufügen</translation>
    </message>
</context>
<context>
    <name>thaw::SessionKeeper</name>
    <message>
        <source>A run is going</source>
        <translation>Ein Lauf ist im Gang</translation>
    </message>
    <message>
        <source>Stop it first; it is saved. Then open the session again.</source>
        <translation>Erst anhalten; er wird gesichert. Dann die Sitzung noch einmal öffnen.</translation>
    </message>
    <message>
        <source>A part of the session is not where it was</source>
        <translation>Ein Teil der Sitzung ist nicht mehr, wo er war</translation>
    </message>
    <message>
        <source>Open it from its new place; everything else is restored.</source>
        <translation>Am neuen Ort öffnen; alles andere ist wiederhergestellt.</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Sessions (*.thaw)</source>
        <translation>Sitzungen (*.thaw)</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung sichern</translation>
    </message>
</context>
<context>
    <name>thaw::SideWork</name>
    <message>
        <source>It was cancelled while it was measured.</source>
        <translation>Beim Messen abgebrochen.</translation>
    </message>
</context>
<context>
    <name>thaw::SigmaSlider</name>
    <message>
        <source>Noise level sigma</source>
        <translation>Rauschpegel Sigma</translation>
    </message>
    <message>
        <source>Noise level σ of the spectra&apos;s input, 0.002 to 80. The one-step generator works at 80 (default: 80).</source>
        <translation>Rauschpegel σ der Eingabe für die Spektren, 0,002 bis 80. Der Ein-Schritt-Generator arbeitet bei 80 (Vorgabe: 80).</translation>
    </message>
</context>
<context>
    <name>thaw::StaleVeil</name>
    <message>
        <source>updating…</source>
        <translation>wird erneuert…</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>veraltet</translation>
    </message>
</context>
<context>
    <name>thaw::StatusLine</name>
    <message>
        <source>A model or a data set is missing</source>
        <translation>Ein Modell oder ein Datensatz fehlt</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lade …</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Starte …</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Saving the run…</source>
        <translation>Sichere den Lauf …</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Diverged</source>
        <translation>Divergiert</translation>
    </message>
    <message>
        <source>Value under the pointer</source>
        <translation>Wert unter dem Zeiger</translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation>Zustand des Laufs</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>img/s</source>
        <translation>Bilder/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>saved %1 ago</source>
        <translation>vor %1 gesichert</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Resident memory of Thaw, and what every program uses of the GPU; Training &gt; Release memory gives back what is only kept for speed</source>
        <translation>Belegter Speicher von Thaw und was alle Programme von der GPU belegen; Training &gt; Speicher freigeben gibt zurück, was nur der Geschwindigkeit dient</translation>
    </message>
    <message>
        <source>GPU %1 / %2 GiB</source>
        <translation>GPU %1 / %2 GiB</translation>
    </message>
    <message>
        <source>Measuring the distance…</source>
        <translation>Die Distanz wird gemessen…</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Pause kommt…</translation>
    </message>
    <message>
        <source>Stopped and saved</source>
        <translation>Angehalten und gesichert</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Keine Verbindung</translation>
    </message>
</context>
<context>
    <name>thaw::StepCurves</name>
    <message>
        <source>G</source>
        <translation>G</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>imitation</source>
        <translation>Nachahmung</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>loss per image</source>
        <translation>Verlust je Bild</translation>
    </message>
    <message>
        <source>The losses of generator (G) and discriminator (D) appear with the first step.</source>
        <translation>Die Verluste von Generator (G) und Diskriminator (D) erscheinen mit dem ersten Schritt.</translation>
    </message>
    <message>
        <source>Loss curves</source>
        <translation>Verlustkurven</translation>
    </message>
    <message>
        <source>D(real)</source>
        <translation>D(echt)</translation>
    </message>
    <message>
        <source>D(fake)</source>
        <translation>D(erzeugt)</translation>
    </message>
    <message>
        <source>sign real</source>
        <translation>Vorz. echt</translation>
    </message>
    <message>
        <source>sign fake</source>
        <translation>Vorz. erzeugt</translation>
    </message>
    <message>
        <source>mean logit, mean sign</source>
        <translation>mittleres Logit, Vorzeichen</translation>
    </message>
    <message>
        <source>What the discriminator says of real and of generated images. Signs near +1 and −1: it has overpowered the generator.</source>
        <translation>Was der Diskriminator zu echten und erzeugten Bildern sagt. Vorzeichen nahe +1 und −1: Er hat den Generator überwältigt.</translation>
    </message>
    <message>
        <source>Discriminator logits</source>
        <translation>Logits des Diskriminators</translation>
    </message>
    <message>
        <source>block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>Norm des Gradienten</translation>
    </message>
    <message>
        <source>Norms of the gradients of generator, discriminator and the block selected in the tree.</source>
        <translation>Normen der Gradienten von Generator, Diskriminator und dem im Baum gewählten Block.</translation>
    </message>
    <message>
        <source>Gradient norms</source>
        <translation>Normen der Gradienten</translation>
    </message>
    <message>
        <source>denoising</source>
        <translation>Entrauschen</translation>
    </message>
</context>
<context>
    <name>thaw::StudiesPage</name>
    <message>
        <source>Open a model and data first.</source>
        <translation>Erst ein Modell und Daten öffnen.</translation>
    </message>
    <message>
        <source>Of %1, with %2</source>
        <translation>Zu %1, mit %2</translation>
    </message>
    <message>
        <source>Opening model and data…</source>
        <translation>Modell und Daten werden geöffnet …</translation>
    </message>
    <message>
        <source>No study yet. Choose one above and start it.</source>
        <translation>Noch keine Studie. Oben eine wählen und starten.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>; by another program on %1</source>
        <translation>; durch ein anderes Programm auf %1</translation>
    </message>
    <message>
        <source>The report of a study is shown here, from its first result on.</source>
        <translation>Hier steht der Bericht einer Studie, vom ersten Ergebnis an.</translation>
    </message>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>Noch ist nichts gemessen.</translation>
    </message>
    <message>
        <source>One study at a time: pause the one that is running first.</source>
        <translation>Eine Studie auf einmal: erst die laufende anhalten.</translation>
    </message>
    <message>
        <source>Starts a new study of the model and the data that are open</source>
        <translation>Startet eine neue Studie zu Modell und Daten, die offen sind</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Draw its curves beside the open run&apos;s</source>
        <translation>Seine Kurven neben die des offenen Laufs zeichnen</translation>
    </message>
    <message>
        <source>Draw their curves beside the open run&apos;s</source>
        <translation>Ihre Kurven neben die des offenen Laufs zeichnen</translation>
    </message>
    <message>
        <source>The study %1 stopped.</source>
        <translation>Die Studie %1 ist stehen geblieben.</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Which of the paper&apos;s claims is looked at again</source>
        <translation>Welche Behauptung der Arbeit nachgeprüft wird</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Quick: one seed and short runs, minutes; it shows how, and decides nothing.
Full: three seeds, hours on a CPU.</source>
        <translation>Kurz: ein Startwert und kurze Läufe, Minuten; zeigt, wie es geht, und entscheidet nichts.
Voll: drei Startwerte, Stunden auf einer CPU.</translation>
    </message>
    <message>
        <source>Start study</source>
        <translation>Studie starten</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Studien</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Progress of the study</source>
        <translation>Fortschritt der Studie</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Goes on where the chosen study stopped</source>
        <translation>Macht weiter, wo die gewählte Studie stehen blieb</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Saves the run that goes on and stops; Continue goes on from there.
Closing the window pauses too.</source>
        <translation>Speichert den laufenden Lauf und hält an; Fortsetzen macht dort weiter.
Auch wer das Fenster schließt, hält an.</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>The report as PDF, else its folder</source>
        <translation>Den Bericht als PDF, sonst seinen Ordner</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>The command that goes on with it in a terminal, here or on another machine</source>
        <translation>Der Befehl, der sie in einem Terminal fortsetzt, hier oder auf einem anderen Rechner</translation>
    </message>
</context>
<context>
    <name>thaw::StudyProcess</name>
    <message>
        <source>The program &apos;%1&apos; cannot be started. Install it beside this one.</source>
        <translation>Das Programm „%1“ lässt sich nicht starten. Es gehört neben dieses.</translation>
    </message>
    <message>
        <source>Its process was killed. What was measured is kept; Continue goes on.</source>
        <translation>Ihr Prozess wurde abgeschossen. Gemessenes bleibt; Fortsetzen macht weiter.</translation>
    </message>
</context>
<context>
    <name>thaw::StudyReportView</name>
    <message>
        <source>Charts of the study</source>
        <translation>Diagramme der Studie</translation>
    </message>
    <message>
        <source>Chart of the study</source>
        <translation>Diagramm der Studie</translation>
    </message>
    <message>
        <source>Mean over the seeds of training and one standard deviation. A click on a point asks for its runs.</source>
        <translation>Mittel über die Startwerte des Trainings und eine Standardabweichung. Ein Klick auf einen Punkt fragt nach seinen Läufen.</translation>
    </message>
    <message>
        <source>Report of the study</source>
        <translation>Bericht der Studie</translation>
    </message>
    <message>
        <source>Nothing of this chart is measured yet.</source>
        <translation>Von diesem Diagramm ist noch nichts gemessen.</translation>
    </message>
</context>
<context>
    <name>thaw::SurgeryStrip</name>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Lowest frequency of the band, in cycles per image; 0 is the mean</source>
        <translation>Niedrigste Frequenz des Bandes in Perioden/Bild; 0 ist das Mittel</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>The band ends below this frequency, in cycles per image</source>
        <translation>Das Band endet unter dieser Frequenz, in Perioden/Bild</translation>
    </message>
    <message>
        <source>Factor on the band: 0 removes it, 1 leaves it, 2 doubles it</source>
        <translation>Faktor auf das Band: 0 entfernt es, 1 lässt es, 2 verdoppelt es</translation>
    </message>
    <message>
        <source>Factor on the band</source>
        <translation>Faktor auf das Band</translation>
    </message>
    <message>
        <source>Hold to compare</source>
        <translation>Halten zum Vergleich</translation>
    </message>
    <message>
        <source>While it is held down: the images without surgery</source>
        <translation>Solange gehalten: die Bilder ohne Eingriff</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>The upper half of the block&apos;s frequencies, removed</source>
        <translation>Die obere Hälfte der Frequenzen des Blocks, entfernt</translation>
    </message>
    <message>
        <source>Reset the band</source>
        <translation>Band zurücksetzen</translation>
    </message>
    <message>
        <source>Band surgery: select a block in the tree.</source>
        <translation>Bandeingriff: im Baum einen Block wählen.</translation>
    </message>
    <message>
        <source>Band surgery: %1 has no image-shaped response. Select another block in the tree.</source>
        <translation>Bandeingriff: %1 hat keine bildförmige Antwort. Im Baum einen anderen Block wählen.</translation>
    </message>
    <message>
        <source>band %1–%2 × %3 at %4</source>
        <translation>Band %1–%2 × %3 bei %4</translation>
    </message>
</context>
<context>
    <name>thaw::Tour</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Guided tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>End the tour (Escape); Help &gt; Guided tour brings it back</source>
        <translation>Beendet den Rundgang (Esc); Hilfe &gt; Rundgang bringt ihn zurück</translation>
    </message>
    <message>
        <source>The stop before (←)</source>
        <translation>Die Station davor (←)</translation>
    </message>
    <message>
        <source>The next stop (→)</source>
        <translation>Die nächste Station (→)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>thaw::TrainPage</name>
    <message>
        <source>freeze %1</source>
        <translation>einfrieren %1</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>%1 samples · features: %2 · reference: %3</source>
        <translation>%1 Bilder · Merkmale: %2 · Referenz: %3</translation>
    </message>
    <message>
        <source>kimg</source>
        <translation>kimg</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>Fréchet-Distanz</translation>
    </message>
    <message>
        <source>Fréchet distance curve</source>
        <translation>Kurve der Fréchet-Distanz</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Verluste</translation>
    </message>
    <message>
        <source>original, one step: %1</source>
        <translation>Original, ein Schritt: %1</translation>
    </message>
    <message>
        <source>KID %1</source>
        <translation>KID %1</translation>
    </message>
    <message>
        <source>precision %1, recall %2</source>
        <translation>Precision %1, Recall %2</translation>
    </message>
    <message>
        <source>best so far</source>
        <translation>bisher bester</translation>
    </message>
    <message>
        <source>best</source>
        <translation>beste</translation>
    </message>
    <message>
        <source>Loss per image of generator and discriminator, and of the imitation</source>
        <translation>Verlust je Bild von Generator und Diskriminator und der Nachahmung</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Mean of D on real and on generated images, and of its signs</source>
        <translation>Mittel von D auf echten und erzeugten Bildern, und seiner Vorzeichen</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>Norms of the gradients: generator, discriminator, selected block</source>
        <translation>Normen der Gradienten: Generator, Diskriminator, gewählter Block</translation>
    </message>
    <message>
        <source>&amp;Loss curves…</source>
        <translation>&amp;Verlustkurven …</translation>
    </message>
    <message>
        <source>&amp;Fréchet distance…</source>
        <translation>&amp;Fréchet-Distanz …</translation>
    </message>
    <message>
        <source>the best snapshot is chosen by it</source>
        <translation>der beste Schnappschuss wird danach gewählt</translation>
    </message>
    <message>
        <source>kernel distance %1</source>
        <translation>Kerneldistanz %1</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Distanz</translation>
    </message>
    <message>
        <source>The Fréchet distance of the one-step generator appears with its first measurement.</source>
        <translation>Die Fréchet-Distanz des Einschritt-Generators erscheint mit ihrer ersten Messung.</translation>
    </message>
    <message>
        <source>Original model at one step: %1 %2 (%3)</source>
        <translation>Original in einem Schritt: %1 %2 (%3)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>open generator: %1</source>
        <translation>offener Generator: %1</translation>
    </message>
    <message>
        <source>Open generator: %1 %2 (%3)</source>
        <translation>Offener Generator: %1 %2 (%3)</translation>
    </message>
</context>
<context>
    <name>thaw::TrajectoryView</name>
    <message>
        <source>Trajectory</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Play the way from noise to image</source>
        <translation>Spielt den Weg vom Rauschen zum Bild ab</translation>
    </message>
    <message>
        <source>Steps of the sampler, from pure noise on the left to the image on the right</source>
        <translation>Schritte des Verfahrens, vom reinen Rauschen links zum Bild rechts</translation>
    </message>
    <message>
        <source>Step of the sampler</source>
        <translation>Schritt des Verfahrens</translation>
    </message>
    <message>
        <source>step %1 of %2, σ %3</source>
        <translation>Schritt %1 von %2, σ %3</translation>
    </message>
    <message>
        <source>No trajectory yet</source>
        <translation>Noch kein Verlauf</translation>
    </message>
    <message>
        <source>Seed %1, %2</source>
        <translation>Startwert %1, %2</translation>
    </message>
    <message>
        <source>sampling…</source>
        <translation>zieht …</translation>
    </message>
    <message>
        <source>Click an image to follow its way from noise.</source>
        <translation>Ein Bild anklicken, um seinem Weg aus dem Rauschen zu folgen.</translation>
    </message>
    <message>
        <source>x, scaled</source>
        <translation>x, skaliert</translation>
    </message>
    <message>
        <source>D(x; σ)</source>
        <translation>D(x; σ)</translation>
    </message>
</context>
<context>
    <name>thaw::WatchedFolders</name>
    <message>
        <source>%1 has not answered since %2: what is shown of its runs is from then.</source>
        <translation>%1 antwortet seit %2 nicht: was von seinen Läufen zu sehen ist, ist von da.</translation>
    </message>
</context>
<context>
    <name>thaw::WatchedRunBar</name>
    <message>
        <source>Show the newest</source>
        <translation>Neuesten zeigen</translation>
    </message>
    <message>
        <source>Follow the newest</source>
        <translation>Dem neuesten folgen</translation>
    </message>
    <message>
        <source>Its samples</source>
        <translation>Seine Bilder</translation>
    </message>
    <message>
        <source>Samples and spectra of the tuned generator are made from the newest snapshot of the run</source>
        <translation>Bilder und Spektren des angepassten Generators entstehen aus dem neuesten Schnappschuss des Laufs</translation>
    </message>
    <message>
        <source>Show every new snapshot of the run as soon as it is there</source>
        <translation>Jeden neuen Schnappschuss des Laufs zeigen, sobald er da ist</translation>
    </message>
    <message>
        <source>The newest grid of samples that the run itself wrote, with the images it had seen by then</source>
        <translation>Das neueste Bildraster, das der Lauf selbst geschrieben hat, mit der Zahl der Bilder, die er bis dahin gesehen hatte</translation>
    </message>
    <message>
        <source>Steer it</source>
        <translation>Steuern</translation>
    </message>
    <message>
        <source>Ask the process of the run to pause, go on, save, stop, or take another freeze plan or other learning rates</source>
        <translation>Den Prozess des Laufs bitten, anzuhalten, weiterzumachen, zu sichern, zu enden oder einen anderen Plan oder andere Lernraten zu nehmen</translation>
    </message>
</context>
<context>
    <name>thaw::WorkIndicator</name>
    <message>
        <source>Sampling…</source>
        <translation>Bilder…</translation>
    </message>
    <message>
        <source>Trajectory…</source>
        <translation>Verlauf…</translation>
    </message>
    <message>
        <source>Measuring frequencies…</source>
        <translation>Frequenzen werden gemessen…</translation>
    </message>
    <message>
        <source>Distance of the original…</source>
        <translation>Distanz des Originals…</translation>
    </message>
    <message>
        <source>Distance of the run…</source>
        <translation>Distanz des Laufs…</translation>
    </message>
    <message>
        <source>Making a figure…</source>
        <translation>Abbildung entsteht…</translation>
    </message>
    <message>
        <source>What is being computed</source>
        <translation>Was berechnet wird</translation>
    </message>
    <message>
        <source>Cancel this and what waits behind it; what is shown stays, marked where it is out of date</source>
        <translation>Dies und was dahinter wartet abbrechen; Gezeigtes bleibt, markiert, wo es veraltet ist</translation>
    </message>
    <message>
        <source>Cancel what is being computed</source>
        <translation>Berechnung abbrechen</translation>
    </message>
    <message>
        <source>%1 %2 %</source>
        <comment>what, how far</comment>
        <translation>%1 %2 %</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n more</source>
        <comment>what and how far</comment>
        <translation>
            <numerusform>%1, %n weitere</numerusform>
            <numerusform>%1, %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::Workbench</name>
    <message>
        <source>Blocks</source>
        <translation>Blöcke</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Frequency</source>
        <translation>Frequenz</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>Modellkarte</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Studien</translation>
    </message>
</context>
</TS>
