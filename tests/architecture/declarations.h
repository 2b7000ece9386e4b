// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/source_text.h"

#include <QRegularExpression>

#include <vector>

/// What a file declares outside of functions: enough of C++ to count the lines of classes and to find names, for source
/// laid out by the formatter (a brace that opens a body stands after a space).
namespace thaw::architecture {

struct Declaration {
    enum Kind { Function, Class, Enumeration, Other } kind = Other;
    QString head;                           ///< what stands before the body or the semicolon, on one line
    QString body;                           ///< of an enumeration
    QString scope;                          ///< enclosing namespaces and classes, each with "::" behind it
    bool unnamed = false;                   ///< inside a namespace without a name
    bool inClass = false;                   ///< inside a class
    qsizetype firstLine = 0, lastLine = 0;  ///< of head and body
    qsizetype lines() const { return lastLine - firstLine + 1; }
};

struct Declarations {
    std::vector<Declaration> found;
    bool balanced = true;  ///< every brace is closed; otherwise the rest means nothing
};

/// `head` without `template <...>` before it.
inline QString withoutTemplate(QString head) {
    while (head.startsWith(QLatin1String("template"))) {
        int depth = 0;
        qsizetype i = head.indexOf('<');
        if (i < 0) return head;
        for (; i < head.size(); ++i) {
            if (head[i] == '<') ++depth;
            if (head[i] == '>' && --depth == 0) break;
        }
        head = head.mid(i + 1).trimmed();
    }
    return head;
}

/// The first of `marks` in `text` outside of (), [], {} and <>; -1 where there is none.
inline qsizetype findOutside(const QString& text, const QString& marks, qsizetype from = 0) {
    static const QString open = QStringLiteral("([{<"), close = QStringLiteral(")]}>");
    int depth = 0;
    for (qsizetype i = from; i < text.size(); ++i) {
        const QChar c = text[i];
        if (depth == 0 && marks.contains(c)) return i;
        if (c == '>' && i > 0 && text[i - 1] == '-') continue;
        if (open.contains(c)) ++depth;
        else if (close.contains(c) && depth > 0) --depth;
    }
    return -1;
}

/// The name of the class that `head` defines (`Session::Impl`); empty where it defines none.
inline QString classOf(const QString& head) {
    static const QRegularExpression name(
        QStringLiteral("^(?:class|struct|union)\\s+([A-Za-z_][\\w:]*)(?:<[^()]*>)?\\s*(?:final)?\\s*(?::(?!:).*)?$"));
    return name.match(withoutTemplate(head)).captured(1);
}

/// The declarations of a file, in order; those inside of functions are left out.
inline Declarations declarationsOf(const QString& text) {
    static const QRegularExpression nameSpace(QStringLiteral("^(?:inline )?namespace(?:\\s+([\\w:]+))?$"));
    static const QRegularExpression label(
        QStringLiteral("^(?:(?:public|protected|private)(?: Q_SLOTS)?|Q_SIGNALS|Q_OBJECT|Q_GADGET)\\s*:?\\s*"));
    struct Scope {
        QString name;
        bool unnamed = false, inClass = false;
        int declaration = -1;
    };
    const QString code = codeOnly(text);
    Declarations result;
    std::vector<Scope> scopes{{}};
    qsizetype start = 0, line = 1, counted = 0;
    const auto lineAt = [&](qsizetype at) {
        line += QStringView(code).mid(counted, at - counted).count('\n');
        counted = at;
        return line;
    };
    const auto take = [&](Declaration::Kind kind, const QString& head, qsizetype first, qsizetype last) {
        Declaration d;
        d.kind = kind;
        d.head = head;
        d.scope = scopes.back().name;
        d.unnamed = scopes.back().unnamed;
        d.inClass = scopes.back().inClass;
        while (first < last && code[first].isSpace()) ++first;
        d.firstLine = lineAt(first);
        d.lastLine = lineAt(last);
        result.found.push_back(d);
    };
    int parentheses = 0;
    for (qsizetype i = 0; i < code.size(); ++i) {
        const QChar c = code[i];
        if (c == '(') ++parentheses;
        if (c == ')') --parentheses;
        if (parentheses > 0 || (c != '{' && c != '}' && c != ';')) continue;
        if (c == '}') {
            if (scopes.size() == 1) {
                result.balanced = false;
                return result;
            }
            if (scopes.back().declaration >= 0) result.found[scopes.back().declaration].lastLine = lineAt(i);
            scopes.pop_back();
            start = i + 1;
            continue;
        }
        QString head = code.mid(start, i - start).simplified();
        for (auto match = label.match(head); match.hasMatch(); match = label.match(head))
            head = head.mid(match.capturedEnd());
        if (c == ';') {
            if (!head.isEmpty()) take(Declaration::Other, head, start, i);
            start = i + 1;
            continue;
        }
        const bool operates = head.contains(QLatin1String("operator"));
        const bool value = i > 0 && (isWordPart(code[i - 1]) || code[i - 1] == '>' || code[i - 1] == ']');
        if (value || (!operates && findOutside(withoutTemplate(head), "=") >= 0)) {
            i = closingBrace(code, i);  // a value, not a body
            continue;
        }
        if (const auto match = nameSpace.match(head); match.hasMatch()) {
            Scope inner = scopes.back();
            inner.declaration = -1;
            if (match.captured(1).isEmpty()) inner.unnamed = true;
            else inner.name += match.captured(1) + "::";
            scopes.push_back(inner);
        } else if (const QString name = classOf(head); !name.isEmpty()) {
            take(Declaration::Class, head, start, i);
            Scope inner = scopes.back();
            inner.name += name + "::";
            inner.inClass = true;
            inner.declaration = int(result.found.size()) - 1;
            scopes.push_back(inner);
        } else {
            const qsizetype end = closingBrace(code, i);
            const bool enumeration = head.startsWith(QLatin1String("enum"));
            take(enumeration ? Declaration::Enumeration : Declaration::Function, head, start, end);
            if (enumeration) result.found.back().body = code.mid(i + 1, end - i - 1);
            if (end == code.size()) result.balanced = false;
            i = end;
        }
        start = i + 1;
    }
    result.balanced = result.balanced && scopes.size() == 1;
    return result;
}

}  // namespace thaw::architecture
