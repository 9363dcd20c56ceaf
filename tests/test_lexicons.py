"""The word lists: their form, and what the loader says about words with one life and with two."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import blamecheck
from blamecheck.people.lexicon import KINDS, Lexicon, Mark, fold, load

LISTS = sorted((Path(__file__).resolve().parent.parent / "rules" / "lexicons").glob("*.txt"))
NAMES = ("given-names", "surnames", "ambiguous-names", "products", "places", "common-words")

ONE_LIFE = """
Aaron Abdullah Abebe Abimbola Adebayo Adrián Agnieszka Ahmed Aigerim Aisha Akira Akosua Aleksandra Alejandro
Alexander Alexei Alice Aliyah Amadou Amélie Aminata Amit Ananya Anastasia Andrei Andrzej Anil Anjali Anna Antonio
Aoife Arjun Arash Ayaka Ayşe Babatunde Balázs Barbara Bartosz Ben Bilal Björn Bogdan Bongani Brigitte Bob Burak
Caoimhe Carlos Carol Caroline Céline Charlotte Chiara Chidi Chinonso Chloé Chris Christopher Chukwuemeka Ciarán
Claire Dan Daniel Dave David Deepika Despina Diego Dimitris Divya Dmitri Dmytro Dorota Ebuka Efua Ekaterina Elena
Elif Élodie Emeka Emma Emre Eoghan Ewa Fadumo Farhad Fatima Federico Femi Fernanda Francesca François Frédéric
Gábor Ganesh Getachew Giovanni Giulia Goran Grzegorz Guadalupe Guillaume Gulnara Håkan Hamza Hans Harpreet Haruki
Hassan Hayk Hiroshi Hyun-woo Ibrahim Ifeoma Ikenna Ilya Imani Inés Ingrid Ioana Isabel István Jakub Jarosław
Javier Jelena Jerry Jihoon Ji-hoon Jiayi João Joe Johannes John José Josh Joost Juan Jürgen Kaito Karthik
Katarzyna Kateřina Kavya Kehinde Keiko Ken Kenji Kev Khadija Kofi Krzysztof Ksenia Kwame Lakshmi Lars László Leila
Lerato Levan Lindiwe Linnéa Liz Łukasz Luis Lucía Maarten Małgorzata Mamadou Manpreet Marco Maria Mariana Marta
Marijke Matías Matteo Matthew Megumi Mehmet Mei-Ling Mihai Miguel Mike Mikhail Min-jun Miloš Mohammed Monika Moshe
Mustafa Nadia Naledi Natalia Naveen Ngozi Nguyet Niamh Nikhil Noor Obinna Oksana Oleksandr Olga Oluwaseun Omar
Øystein Özlem Pablo Paolo Parisa Paweł Pedro Pekka Peter Petra Phuong Pieter Piotr Praveen Priya Quang Rahul Rasmus
Razvan Rebecca Reza Ricardo Riikka Rohan Róisín Rui Ryota Sam Samira Sandeep Sanjay Saoirse Sebastian Selam Seo-yeon
Sergei Shira Shreya Siobhán Sipho Siti Sławomir Solveig Somchai Søren Srinivas Stanisław Stefan Stéphane Suresh Svetlana
Tadeusz Taiwo Takashi Tariq Tatiana Temitope Thandiwe Thorsten Tigist Tigran Tim Tobias Tom Tomáš Tuomas Uchenna
Ulrike Umut Vikram Vinícius Volodymyr Wanjiru Wei Weronika Wiebke Wojciech Wouter Xavier Ximena Xiaoming Yael
Yannick Yasmin Yetunde Yonatan Yuki Yusuf Zainab Zanele Zbigniew Zeynep Živko Zoltán Zsófia
""".split()

TWO_LIVES = """
Will May Mark Grant Chase Hope Rose Rich Max Bill Frank Pat Drew Sandy Summer Dash Ray Rook Robin Ruby Jade Crystal
Amber Iris Ivy Jan June April August Sun Mon Jenkins Travis Hudson Austin Dallas Virginia Paris Sydney London
Madison Lincoln Jordan Georgia Chelsea Florence Victoria Cassandra Julia Ada Pascal Phoenix Ford Young King
Price Long Short Banks Ali Art Guy Page Case Link Rio Lima Milan Sofia Kent Devon Asia Ireland Israel
China India Chad Penny Bond Angel Star Sky Storm Misty Gene Miles Major Earl Duke Prince Baron Dean Christian Pearl
Melody Destiny Harmony Charity Faith Joy Grace Love Dawn Eve Autumn Spring Wade Lance Pierce Chance Trace Ward Reed
Heath Clay Cliff Brook Forest Glen Dale Basil Olive Ginger Daisy Holly Heather Violet Lily Fern Alexa Siri Watson
Jaeger Hugo Luigi Gerrit Katrina Murphy Moore Little Tue Jun Sev Dev Mac
Al Ed Jo Bo Ty An My Su Li Wu Xi Do So Van Das Ha Le Ng To In As
""".split()

TOOLS = """
Airflow Alertmanager Ansible Argo Athena Aurora Bamboo Beats Borg Buildkite Caddy Calico Cassandra Celery Ceph Chef
Cilium Cinder Cloudflare Consul Cortex Crystal Datadog Django Dragonfly Drone Elixir Envoy Falco Fargate Fastly Flannel
Flask Flux Gatsby Glance Glue Gluster Grafana Gremlin Gunicorn Harbor Helm Hetzner Honeycomb Horizon Hudson Hugo Icinga
Ironic Istio Jade Jaeger Jekyll Jenkins Julia Kafka Keystone Kibana Kinesis Kong Kotlin Kubernetes Lambda Laravel
Lassie Linkerd Linode Loki Longhorn Luigi Macie Mandrill Mimir Minio Mongo Munin Nagios Neutron Nginx Nomad Nova
Okta Omega Pascal Phoenix Postgres Prometheus Puma Puppet Redis Rollbar Rook Ruby Sahara Salt Segment Sentry Sidekiq
Siri Slack Spinnaker Splunk Stripe Swift Tekton Tempo Terraform Thanos Traefik Travis Trove Twilio Unicorn Vault
Victoria Watson Weave Zabbix Zuul Alexa Ada Kindle Dynatrace Conan
""".split()

SPELLINGS = """
Karim karim KARIM Sinéad sinead Sine\N{COMBINING ACUTE ACCENT}ad SØREN Łukasz lukasz
Jörg Jorg Joerg Jean-Luc Anna\N{NON-BREAKING HYPHEN}Lena İbrahim
""".split()


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_list_is_sorted_and_clean(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    body = text.partition("\n\n")[2].removesuffix("\n").split("\n")
    keys = [fold(line.partition("\t")[0]) for line in body]
    assert text.endswith("\n")
    assert keys == sorted(set(keys))
    assert not [line for line in body if not line or line != " ".join(line.split(" ")).strip()]
    assert not [line for line in body if line.startswith("# ")]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_list_names_its_sources_and_their_licences(path: Path) -> None:
    head = path.read_text(encoding="utf-8").partition("\n\n")[0].split("\n")
    assert all(line.startswith("# ") for line in head)
    (sources,) = (line.removeprefix("# Sources: ") for line in head if line.startswith("# Sources: "))
    assert all(source.rstrip(".").endswith(")") for source in sources.split("; "))


def test_lists_are_those_the_loader_reads() -> None:
    assert [path.stem for path in LISTS] == sorted(NAMES)


def test_lists_stay_small() -> None:
    assert sum(path.stat().st_size for path in LISTS) < 1_300_000


def test_each_mark_is_of_a_known_name_and_kind() -> None:
    lexicon = load()
    for line in lexicon.ambiguous_names.splitlines():
        name, _, kinds = line.partition("\t")
        assert kinds and set(kinds.split()) <= KINDS, line
        assert lexicon.given(name) or lexicon.surname(name), line


def test_lists_are_large_enough() -> None:
    lexicon = load()
    assert lexicon.given_names.count("\n") > 20_000
    assert lexicon.surnames.count("\n") > 20_000
    assert lexicon.products.count("\n") > 4_000


def test_there_are_200_names_of_one_life() -> None:
    assert len(set(ONE_LIFE)) >= 200


@pytest.mark.parametrize("name", ONE_LIFE)
def test_name_of_one_life(name: str) -> None:
    assert load().given(name) == Mark()


@pytest.mark.parametrize("name", TWO_LIVES)
def test_name_of_two_lives_is_marked(name: str) -> None:
    lexicon = load()
    marks = [mark for mark in (lexicon.given(name), lexicon.surname(name)) if mark]
    assert marks
    assert all(mark.ambiguous for mark in marks)


@pytest.mark.parametrize("name", TOOLS)
def test_tool_is_a_product_and_no_certain_name(name: str) -> None:
    lexicon = load()
    assert lexicon.product(name)
    assert all(mark is None or mark.ambiguous for mark in (lexicon.given(name), lexicon.surname(name)))


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Will", {"word"}),
        ("Austin", {"place"}),
        ("Jenkins", {"product"}),
        ("April", {"month"}),
        ("Pascal", {"law", "product", "unit"}),
        ("Katrina", {"event"}),
        ("Wu", {"short"}),
    ],
)
def test_kinds_of_a_name(name: str, kinds: set[str]) -> None:
    lexicon = load()
    mark = lexicon.given(name) or lexicon.surname(name)
    assert mark is not None
    assert mark.kinds == kinds


@pytest.mark.parametrize("name", SPELLINGS)
def test_case_and_accents_do_not_matter(name: str) -> None:
    assert load().given(name) is not None


@pytest.mark.parametrize("name", ["O'Brien", "O’Brien", "Müller", "Mueller", "Kowalska", "Papadopoulos", "Smith-Jones"])
def test_surname(name: str) -> None:
    assert load().surname(name) is not None


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("Priya-Will", set()), ("Will-Grant", {"word"}), ("Priya-prod", None), ("-", None), ("Priya-", None)],
)
def test_compound_is_as_certain_as_its_surest_part(name: str, kinds: set[str] | None) -> None:
    mark = load().given(name)
    assert (None if mark is None else set(mark.kinds)) == kinds


@pytest.mark.parametrize(
    "name", ["", " ", "the", "Unknown", "Name", "deploy", "Zqxv", "Priya\n", "a\tb", "zzzzzz", "\0"]
)
def test_no_name(name: str) -> None:
    assert load().given(name) is None


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Victoria Metrics", "product"),
        ("victoria\n  metrics", "product"),
        ("Murphy's Law", "law"),
        ("Murphy’s law", "law"),
        ("Shai-Hulud", "event"),
        ("Heartbleed", "event"),
    ],
)
def test_product(phrase: str, kind: str) -> None:
    mark = load().product(phrase)
    assert mark is not None
    assert kind in mark.kinds


@pytest.mark.parametrize(
    "phrase", ["Austin", "Frankfurt", "São Paulo", "Sao Paulo", "sao\npaulo", "Jordan", "Virginia"]
)
def test_place(phrase: str) -> None:
    assert load().place(phrase) == Mark(frozenset({"place"}))


@pytest.mark.parametrize(("word", "known"), [("Restarted", True), ("Clusters", True), ("mark", True), ("Zqxv", False)])
def test_word(word: str, known: bool) -> None:
    assert (load().word(word) is not None) is known


@pytest.mark.parametrize("key", ["a", "m", "z", "ab", "mm"])
def test_search_finds_every_line_of_a_short_list(key: str) -> None:
    text = "a\tday\nab\nm\nmm\nz\tplace unit\n"
    lexicon = Lexicon(given_names=text, surnames="", ambiguous_names=text, products="", places="", common_words="")
    assert lexicon.given(key) is not None
    assert lexicon.given(key + "x") is None
    assert lexicon.surname(key) is None


def test_installed_package_brings_its_lists(tmp_path: Path) -> None:
    """In a wheel the rules lie inside the package, as pyproject.toml has it."""
    package = Path(blamecheck.__file__).parent
    ignore = shutil.ignore_patterns("__pycache__", "rules")
    shutil.copytree(package, tmp_path / "blamecheck", ignore=ignore)
    shutil.copytree(LISTS[0].parent, tmp_path / "blamecheck" / "rules" / "lexicons")
    program = "from blamecheck.people import lexicon; print(lexicon.load().given('Priya'), lexicon.__file__)"
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("Mark(kinds=frozenset()) " + str(tmp_path))


@pytest.mark.parametrize(
    ("word", "frequent"),
    [
        ("will", True),
        ("May", True),
        ("does", True),
        ("restarts", True),
        ("coop", False),
        ("falcon", False),
        ("xyzzy", False),
    ],
)
def test_frequent_words(word: str, frequent: bool) -> None:
    assert load().frequent(word) is frequent
