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


GUILD = "El dirigente de los taxistas de Sullana, Rubén Tapia Soto, "


@pytest.mark.parametrize(
    "told",
    [
        "denunció amenazas de muerte contra él.",
        "denunció extorsión.",
        "pidió garantías para su vida tras ser amenazado.",
        "denunció que dos hombres le apuntaron con un arma.",
        "dijo que un sujeto le mostró una pistola.",
        "aseguró que los criminales lo llaman cada noche.",
        "pidió custodia porque unas motos lo vienen siguiendo.",
        "denunció que intentaron matarlo.",
        "dijo que su hermana fue secuestrada.",
        "dijo que tuvo que cerrar por las amenazas.",
        "dijo que huyó de la ciudad.",
        "reveló que es uno de los amenazados.",
        "recibió una corona fúnebre y pidió ayuda.",
        "pidió ayuda: “Me van a matar”.",
        "dijo que irá. “A mi hijo lo siguen”, agregó.",
        "dijo que no sabe por qué fue detenido.",
        "dijo que es inocente.",
        "dijo que estuvo en el bus.",
        "denunció que la grabaron al salir.",
        "pidió una escolta.",
        "dijo que irán al paro. A Rubén Tapia Soto le dispararon ayer.",
    ],
)
def test_a_leader_who_tells_what_befell_him_goes(told: str) -> None:
    assert "Tapia" not in mask(GUILD + told).text


@pytest.mark.parametrize(
    "told",
    [
        "denunció que a los choferes les cobran cupo.",
        "denunció amenazas contra los conductores.",
        "pidió más patrullas por la extorsión.",
        "dijo que frenarán la extorsión con el paro.",
        "pidió al ministro que renuncie.",
        "dijo que irán al paro. “Me dispararon”, contó Ana, una vendedora.",
        "pidió custodia para los paraderos.",
        "dijo que había miedo en el gremio.",
        "pidió garantías.",
        "saludó al alcalde que denunció a la banda.",
    ],
)
def test_a_leader_who_tells_of_others_stays(told: str) -> None:
    assert "Rubén Tapia Soto" in mask(GUILD + told).text


@pytest.mark.parametrize(
    "text",
    [
        # What befell stands before the name.
        "“Me apuntaron y corrí”, dijo el dirigente de los taxistas de Sullana, Rubén Tapia Soto.",
        "“Vinieron a mi puesto. No dormí”, dijo la presidenta de la Asociación de Panaderos de Ica, Marta Ríos Luna.",
        "Luego de que quemaran su bus, el presidente de la Asociación de Choferes de Puno, Rubén Tapia Soto, anunció que irá.",
        # Roles of the story.
        "El aspirante a colaborador Rubén Tapia Soto, miembro de la Red Los Gavilanes, declaró ante el fiscal.",
        "La testigo Marta Ríos Luna, investigadora privada, dijo que vio todo.",
        "El detenido, director de la Fundación Nuevo Sol, Rubén Tapia Soto, dijo que irá.",
        "Rubén Tapia Soto, experto en carnes y dueño del local, dijo que cerrará.",
        "Según el economista Rubén Tapia Soto, asaltado el lunes, eran tres.",
        "La especialista en uñas Marta Ríos Luna dijo que el salón es caro.",
        # Gangs, outlaws, the neighbours of a block.
        "La dirigente de los vecinos de la manzana C, Marta Ríos Luna, dijo que hay miedo.",
        "El dirigente de los mineros ilegales de Pataz, Rubén Tapia Soto, dijo que no saldrán.",
        "El vocero de la Alianza Los Temibles del Norte, Rubén Tapia Soto, dijo que no.",
        "El representante del Frente Amplio Criminal, Rubén Tapia Soto, dijo que no.",
        # Who is named in the case of something, or for a crime.
        "La familia pidió nombrar un perito en el caso del señor Rubén Tapia Soto, asesinado en Ate.",
        "La fiscalía pidió ratificar la denuncia hecha por el señor Rubén Tapia Soto, bodeguero.",
        "Acordaron encargar el crimen del señor Rubén Tapia Soto a un sicario.",
        "Quieren designar al señor Rubén Tapia Soto como nuevo cobrador de la banda.",
        # Mayors of no town.
        "Police chased the gang's mayor Rubén Tapia Soto and the driver.",
    ],
)
def test_victims_witnesses_and_outlaws_go(text: str) -> None:
    shown = mask(text).text
    assert "Tapia" not in shown
    assert "Ríos" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "La analista en seguridad Marta Ríos Luna dijo que faltan policías.",
        "“Falta inteligencia”, dijo el especialista en derecho penal Rubén Tapia Soto.",
        "El dirigente de los mineros de Pataz, Rubén Tapia Soto, dijo que no saldrán.",
        "El vocero de la Alianza de Gremios del Norte, Rubén Tapia Soto, dijo que no.",
        "SE RESUELVE: Artículo 1.- Aceptar la renuncia formulada por la señora Marta Ríos Luna al cargo de Subprefecta.",
        "Artículo 2.- Designar al señor Rubén Tapia Soto en el cargo de Director contra el Crimen.",
        "Police spoke to Chancay's mayor Rubén Tapia Soto and the prosecutor.",
    ],
)
def test_experts_leaders_and_appointees_stay(text: str) -> None:
    assert mask(text).text == text
