//! A report as a document for word processors (Office Open XML): the same parts and words as the page. Figures lead
//! to their incidents by links within the document; the map is its list, as in Markdown.

use crate::block::{Block, Inline, Line, MapFigure, Report, Table};
use crate::exchange::{Package, escape};
use crate::html::{LABEL_MAX, QUOTE_MAX};
use crate::plain::{clip, shown, visible};
use std::io::{self, Cursor};

/// The whole file.
pub(crate) fn write(report: &Report) -> Vec<u8> {
    // Memory does not refuse, and each name stands once.
    packed(report).unwrap_or_default()
}

fn packed(report: &Report) -> io::Result<Vec<u8>> {
    let mut package = Package::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", core(report)),
        ("word/_rels/document.xml.rels", PARTS.to_owned()),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/numbering.xml", NUMBERING.to_owned()),
        ("word/header.xml", header(report)),
        ("word/footer.xml", FOOTER.to_owned()),
        ("word/document.xml", document(report)),
    ] {
        package.file(name, text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

fn document(report: &Report) -> String {
    let mut out = Writer {
        xml: format!("{HEAD}<w:document {NAMES}><w:body>"),
        marks: 0,
    };
    out.words("Title", &report.title);
    for line in &report.standfirst {
        out.paragraph("Normal", line);
    }
    out.blocks(&report.sections);
    for line in &report.footer {
        out.paragraph("Small", line);
    }
    // A4 with margins of 2 cm, in twentieths of a point.
    out.xml.push_str("<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
    out.xml
}

struct Writer {
    xml: String,
    /// Bookmarks so far; each has a number of its own.
    marks: usize,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }
    fn block(&mut self, block: &Block) {
        match block {
            Block::Section {
                id,
                level,
                title,
                blocks,
            } => {
                let style = format!("Heading{}", (*level).clamp(2, 4) - 1);
                self.marks += 1;
                let (mark, id) = (self.marks, escape(&clip(id, 40)));
                self.xml.push_str(&format!(
                    "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:bookmarkStart w:id=\"{mark}\" w:name=\"{id}\"/>"
                ));
                self.line(title);
                self.xml
                    .push_str(&format!("<w:bookmarkEnd w:id=\"{mark}\"/></w:p>"));
                self.blocks(blocks);
            }
            Block::Para(pieces) => self.paragraph("Normal", pieces),
            Block::Banner(pieces) => self.paragraph("Banner", pieces),
            Block::Bullets(lines) => lines.iter().for_each(|line| self.paragraph("ListBullet", line)),
            Block::Facts(facts) => {
                for (name, pieces) in facts {
                    let mut line: Line = vec![Inline::Strong(format!("{name}: "))];
                    line.extend(pieces.iter().cloned());
                    self.paragraph("Normal", &line);
                }
            }
            Block::Table(table) => self.table(table),
            Block::Quote(quote) => {
                self.words("Quote", &clip(&visible(&quote.words), QUOTE_MAX));
                let (start, end) = (quote.span.start, quote.span.end);
                let source = vec![
                    Inline::Text("on the word of ".into()),
                    Inline::Written(quote.by.clone()),
                    Inline::Text(" \u{b7} ".into()),
                    Inline::Code(quote.document.clone()),
                    Inline::Text(format!(", bytes {start}\u{2013}{end}")),
                ];
                self.paragraph("Small", &source);
            }
            Block::Fold { summary, blocks } => {
                self.paragraph("Normal", summary);
                self.blocks(blocks);
            }
            Block::Map(figure) => self.map(figure),
        }
    }
    fn paragraph(&mut self, style: &str, line: &Line) {
        self.xml
            .push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"));
        self.line(line);
        self.xml.push_str("</w:p>");
    }
    fn words(&mut self, style: &str, words: &str) {
        self.paragraph(style, &vec![Inline::Text(words.to_owned())]);
    }
    fn line(&mut self, line: &Line) {
        for piece in line {
            match piece {
                Inline::Text(words) => self.run("", &shown(words)),
                Inline::Strong(words) => self.run("<w:b/>", &shown(words)),
                Inline::Written(words) => self.run("", &clip(&visible(words), LABEL_MAX)),
                Inline::Code(words) => {
                    self.run("<w:rStyle w:val=\"Code\"/>", &clip(&visible(words), LABEL_MAX))
                }
                Inline::Link { to, words } => {
                    let to = escape(&clip(to, 40));
                    self.xml.push_str(&format!("<w:hyperlink w:anchor=\"{to}\">"));
                    self.run(
                        "<w:rStyle w:val=\"Hyperlink\"/>",
                        &clip(&visible(words), LABEL_MAX),
                    );
                    self.xml.push_str("</w:hyperlink>");
                }
                Inline::Sight(sight, numbers) => self.run("", &format!("{numbers} ({})", sight.as_str())),
                Inline::Verdict(verdict) => {
                    self.run("<w:b/>", verdict.map_or("not judged", |verdict| verdict.as_str()));
                }
            }
        }
    }
    /// Words of one form; those of Arabic and Hebrew run from right to left.
    fn run(&mut self, form: &str, words: &str) {
        let right = words.chars().any(|c| ('\u{590}'..='\u{8ff}').contains(&c));
        let side = if right { "<w:rtl/>" } else { "" };
        self.xml.push_str(&format!(
            "<w:r><w:rPr>{form}{side}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escape(words)
        ));
    }
    fn table(&mut self, table: &Table) {
        self.words("Caption", &visible(&table.caption));
        self.xml.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>");
        self.xml.push_str(&"<w:gridCol/>".repeat(table.head.len()));
        self.xml.push_str("</w:tblGrid>");
        let head: Vec<Line> = table
            .head
            .iter()
            .map(|name| vec![Inline::Strong(name.clone())])
            .collect();
        // The head row stands again on each page.
        self.row("<w:cantSplit/><w:tblHeader/>", &head);
        for row in &table.rows {
            self.row("<w:cantSplit/>", row);
        }
        self.xml.push_str("</w:tbl>");
        self.words("Small", "");
    }
    fn row(&mut self, form: &str, cells: &[Line]) {
        self.xml.push_str(&format!("<w:tr><w:trPr>{form}</w:trPr>"));
        for cell in cells {
            self.xml.push_str("<w:tc><w:tcPr/>");
            self.paragraph("Cell", cell);
            self.xml.push_str("</w:tc>");
        }
        self.xml.push_str("</w:tr>");
    }
    fn map(&mut self, figure: &MapFigure) {
        self.words("Small", &figure.caption);
        let lists = [
            ("With a place on the map", &figure.shown),
            ("Without a place on the map", &figure.not_shown),
        ];
        for (title, lines) in lists {
            self.words("Caption", &format!("{title}: {}", lines.len()));
            for (number, pieces) in lines {
                let mut line: Line = vec![Inline::Text(format!("{number}. "))];
                line.extend(pieces.iter().cloned());
                self.paragraph("Normal", &line);
            }
        }
    }
}

fn header(report: &Report) -> String {
    format!(
        "{HEAD}<w:hdr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"Banner\"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p></w:hdr>",
        escape(&visible(&report.watermark))
    )
}

fn core(report: &Report) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>en</dc:language></cp:coreProperties>",
        escape(&visible(&report.title))
    )
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/header.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer.xml"/></Relationships>"#;

const NUMBERING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#8226;"/><w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

const FOOTER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Small"/><w:jc w:val="end"/></w:pPr><w:r><w:t xml:space="preserve">Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="100"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:pPr><w:keepNext/><w:spacing w:before="220" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="23"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:pPr><w:keepNext/><w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:pPr><w:spacing w:after="20"/><w:ind w:left="357"/></w:pPr><w:rPr><w:i/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Small"><w:name w:val="Small"/><w:rPr><w:color w:val="444444"/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Banner"><w:name w:val="Banner"/><w:rPr><w:b/></w:rPr></w:style><w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F4E9E"/><w:u w:val="single"/></w:rPr></w:style><w:style w:type="character" w:styleId="Code"><w:name w:val="Code"/><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="17"/></w:rPr></w:style><w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:color="999999"/><w:bottom w:val="single" w:sz="4" w:color="999999"/><w:insideH w:val="single" w:sz="4" w:color="CCCCCC"/></w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#;
