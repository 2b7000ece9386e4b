<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>CompareColumns</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s), after</source>
        <translation>
            <numerusform>%n step, after</numerusform>
            <numerusform>%n steps, after</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FrequencyText</name>
    <message numerus="yes">
        <source>%1 − %2 · σ = %3 · %n images · band: two standard errors</source>
        <translation>
            <numerusform>%1 − %2 · σ = %3 · %n image · band: two standard errors</numerusform>
            <numerusform>%1 − %2 · σ = %3 · %n images · band: two standard errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>response to weak white noise · σ = %1 · %n images</source>
        <translation>
            <numerusform>response to weak white noise · σ = %1 · %n image</numerusform>
            <numerusform>response to weak white noise · σ = %1 · %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>interim: significance is decided at %n images</source>
        <translation>
            <numerusform>interim: significance is decided at %n image</numerusform>
            <numerusform>interim: significance is decided at %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HeatmapText</name>
    <message numerus="yes">
        <source>%1 · Fourier-basis probing · σ = %2 · %n images · seeds %3–%4</source>
        <extracomment>one line of provenance under a figure</extracomment>
        <translation>
            <numerusform>%1 · Fourier-basis probing · σ = %2 · %n image · seeds %3–%4</numerusform>
            <numerusform>%1 · Fourier-basis probing · σ = %2 · %n images · seeds %3–%4</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PanelText</name>
    <message numerus="yes">
        <source>%1, %n steps</source>
        <translation>
            <numerusform>%1, %n step</numerusform>
            <numerusform>%1, %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean over %n channels</source>
        <translation>
            <numerusform>mean over %n channel</numerusform>
            <numerusform>mean over %n channels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StudyText</name>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::ComparePage</name>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::FreezeCommand</name>
    <message numerus="yes">
        <source>freeze %n tensor(s)</source>
        <translation>
            <numerusform>freeze %n tensor</numerusform>
            <numerusform>freeze %n tensors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>thaw %n tensor(s)</source>
        <translation>
            <numerusform>thaw %n tensor</numerusform>
            <numerusform>thaw %n tensors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change %n tensor(s)</source>
        <translation>
            <numerusform>change %n tensor</numerusform>
            <numerusform>change %n tensors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::MainToolBar</name>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::MeasureMenu</name>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::ModelCardView</name>
    <message numerus="yes">
        <source>%1: %2 in %n tensor(s), %3 of all; %4 frozen</source>
        <translation>
            <numerusform>%1: %2 in %n tensor, %3 of all; %4 frozen</numerusform>
            <numerusform>%1: %2 in %n tensors, %3 of all; %4 frozen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::ModelCardWords</name>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n channel</numerusform>
            <numerusform>%n channels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::RunComparison</name>
    <message numerus="yes">
        <source>%n settings differ; all others are the same.</source>
        <translation>
            <numerusform>%n setting differs; all others are the same.</numerusform>
            <numerusform>%n settings differ; all others are the same.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::RunReport</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::SampleMenus</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>thaw::WorkIndicator</name>
    <message numerus="yes">
        <source>%1, %n more</source>
        <comment>what and how far</comment>
        <translation>
            <numerusform>%1, %n more</numerusform>
            <numerusform>%1, %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
