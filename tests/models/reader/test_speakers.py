"""Who speaks in public keeps his name; who tells what befell him, and who only calls himself something, does not."""

from __future__ import annotations

import pytest

from models.reader.mask import mask


@pytest.mark.parametrize(
    "text",
    [
        # Heads of bodies with a name, of trades of a place, of bodies known without a name, of "its".
        "El secretario general del Sindicato de Estibadores de Paita, Rubén Tapia Soto, denunció que han sido asesinados dos socios.",
        "La presidenta de la Coordinadora de Panaderos de Juliaca, Marta Ríos Luna, afirmó que los hornos cierran por la extorsión.",
        "El dirigente de los taxistas de Sullana, Rubén Tapia Soto, advirtió que los conductores pagan diez soles.",
        "El presidente de las rondas campesinas, Rubén Tapia Soto, señaló que habrá juicio.",
        "La presidenta del cuerpo médico, Marta Ríos Luna, exigió más vigilantes.",
        "La Federación de Molineros del Norte lamentó el crimen y su presidenta, Marta Ríos Luna, pidió justicia.",
        "The Guild of Bakers of Tacna shut its ovens. Its leader, Rubén Tapia Soto, said no talks are planned.",
        "El gerente de la Asociación de Arroceros de Jaén, Rubén Tapia Soto, pidió una base policial.",
        "El asesor legal Rubén Tapia Soto, de Aprodeh, indicó que apelarán.",
        # Experts.
        "La especialista en derecho penal Marta Ríos Luna advirtió que la norma no basta.",
        "Para el sociólogo Rubén Tapia Soto, falta inteligencia.",
        '"It is a tax," said Rubén Tapia Soto, a crime analyst at the Pacific University.',
        # Officials.
        "El alcalde provincial de Huaral, Rubén Tapia Soto, denunció haber recibido amenazas de muerte.",
        "El fallo es del magistrado Rubén Tapia Soto.",
        "La cónsul de Bolivia en Puno, Marta Ríos Luna, informó que irá.",
        "El director del penal de Ancón, Rubén Tapia Soto, señaló que hubo requisa.",
        "La subgerente de Fiscalización, Marta Ríos Luna, clausuró el local.",
        "Rubén Tapia Soto (Fuerza Popular) votó en contra.",
        "Artículo 1.- Designar a la señora Marta Ríos Luna en el cargo de Prefecta Regional.",
        "Regístrese y publíquese. Rubén Tapia Soto, Alcalde.",
        "Lamentan la muerte del docente. El fiscal Rubén Tapia Soto inició las diligencias.",
        "La congresista Noemí Tito Laura votó en contra. Tito Laura dijo que el texto no sirve.",
        "Police closed the road, and Chancay mayor Rubén Tapia Soto ordered the market shut.",
    ],
)
def test_who_speaks_in_public_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "El dueño del local, Rubén Tapia Soto, contó que le dispararon.",
        "El presidente de la asociación, Rubén Tapia Soto, fue asesinado.",
        "La abogada Rubén Tapia Soto fue extorsionada.",
        "El chofer de la empresa Los Rápidos, Rubén Tapia Soto, dijo que pagan cupo.",
        "El supuesto dirigente Rubén Tapia Soto dijo que irá.",
        "El falso fiscal Rubén Tapia Soto pidió dinero.",
        "El presunto secretario general del Sindicato de Obreros, Rubén Tapia Soto, dijo que no sabe nada.",
        "El dirigente de los taxistas de Sullana, Rubén Tapia Soto, denunció haber recibido amenazas.",
        "El dirigente de los taxistas de Sullana, Rubén Tapia Soto, denunció que le exigen dinero.",
        "El dirigente de los taxistas de Sullana, Rubén Tapia Soto, fue baleado.",
        "Asesinan al presidente de la Asociación de Bodegueros de Ate, Rubén Tapia Soto, informó la Policía.",
        "El hermano del presidente de la Cámara de Comercio de Ica, Rubén Tapia Soto, dijo que hay miedo.",
        "Tenía dos hijos. El mayor, Rubén Tapia Soto, dijo que su padre no debía nada.",
        "La banda Los Lobos cayó. Su líder, Rubén Tapia Soto, dijo que es inocente.",
        "El Sindicato de Choferes de Ate calló. Su presidente, Rubén Tapia Soto, fue baleado.",
        "El economista Rubén Tapia Soto denunció que le exigen dinero.",
        "El economista Rubén Tapia Soto fue secuestrado.",
        "El director del Colegio Nacional San José, Rubén Tapia Soto, dijo que los amenazan.",
        "El tesorero del Sindicato de Construcción Civil, Rubén Tapia Soto, murió baleado.",
        "El alcalde de Huaral, Rubén Tapia Soto, fue asesinado.",
        "El futbolista Rubén Tapia Soto (Alianza Lima) fue amenazado.",
    ],
)
def test_who_is_hit_doubted_or_named_as_anothers_goes(text: str) -> None:
    assert "Tapia" not in mask(text).text
